"""What glibc does with freed memory: set for a process that warms up once and then serves for days."""

import ctypes
from contextlib import suppress

ARENA_MAX = -8  # glibc's M_ARENA_MAX, malloc.h
MMAP_FROM = -3  # M_MMAP_THRESHOLD: a block of so many bytes is mapped by itself, and given back whole
WARMING = 256 * 1024  # while arrays come and go once
TRIM_FROM = -1  # M_TRIM_THRESHOLD: so many free bytes at the heap's end go back to the system
SERVING = 32 * 1024 * 1024  # when the same sizes come again and again
NOT_GLIBC = (AttributeError, OSError, TypeError)  # another system's C library


def share() -> None:
    """Let all threads take memory from one place: what each keeps for itself (some 15 MB) isn't given back."""
    with suppress(*NOT_GLIBC):
        ctypes.CDLL(None).mallopt(ARENA_MAX, 1)
        ctypes.CDLL(None).mallopt(MMAP_FROM, WARMING)


def give_back() -> None:
    """Return to the system what the warm-up has freed (some 15 MB; glibc would keep it), and set for serving."""
    with suppress(*NOT_GLIBC):
        ctypes.CDLL(None).malloc_trim(0)
        ctypes.CDLL(None).mallopt(MMAP_FROM, SERVING)
        ctypes.CDLL(None).mallopt(TRIM_FROM, SERVING)  # else each batch takes its pages anew: 1.3 ms a question
