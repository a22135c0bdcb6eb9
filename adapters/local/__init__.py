"""The local workspace: a web page that is a chat client for Grove, and the same as JSON for scripts."""
