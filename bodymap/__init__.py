"""Bodymap: an interactive map of the body's sore places.

Only ``bodymap.ui`` and ``app.py`` import Streamlit; only ``bodymap.records`` opens the database;
nothing imports from a floor above its own (docs/ARCHITECTURE.md).
"""
