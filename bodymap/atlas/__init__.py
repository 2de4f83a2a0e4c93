"""What is known: figures, landmarks, areas, points, muscles, texts and their sources.

Read-only and immutable. Nothing here draws, stores or asks anything.
"""
