"""Frames between the bot and a child: four bytes of length, then JSON."""

import socket
import struct

HEADER = struct.Struct("!I")
STOP = b"stop"  # all that the bot ever says; the end of the stream says the same


def send(connection: socket.socket, data: bytes) -> None:
    """Write one frame. Raises OSError."""
    connection.sendall(HEADER.pack(len(data)) + data)
