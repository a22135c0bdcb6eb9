"""What Grove promises, tried out: the folders mirror the house."""
