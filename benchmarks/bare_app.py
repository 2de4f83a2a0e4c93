"""The smallest app that answers a click: what Streamlit itself takes (see choice.py)."""

import streamlit as st

if st.button("Click"):
    st.session_state["clicks"] = st.session_state.get("clicks", 0) + 1
st.text(f"clicked {st.session_state.get('clicks', 0)} times")
