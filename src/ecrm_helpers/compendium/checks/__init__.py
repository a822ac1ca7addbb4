"""What can be checked without trust."""
