"""What to teach, to whom and when: Grove's rules and stories, free of any platform."""
