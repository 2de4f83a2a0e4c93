"""Build the drawn figures: bodies, landmarks, muscles and bones. Not needed at run time."""
