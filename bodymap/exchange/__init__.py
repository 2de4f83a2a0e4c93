"""Records to files and back: read whole or refused. Nothing here knows Streamlit or SQL."""
