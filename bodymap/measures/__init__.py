"""Numbers and sentences from records. Everything here is pure: no files, no clock, no Streamlit."""
