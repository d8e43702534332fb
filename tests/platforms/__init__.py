"""One driver a platform: lets a test talk to the tutor there as learners do. Found by name; see `driver.py`."""
