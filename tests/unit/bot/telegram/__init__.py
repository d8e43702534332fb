"""The parts of the Telegram platform, one by one."""
