"""What learning adds up to: progress, and why things happened."""
