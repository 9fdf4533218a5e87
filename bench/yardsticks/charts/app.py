"""What one would write first: the framework's own charts of the same figures; over time, if the address asks for it."""

import streamlit as st

DOMAINS = ["Communication", "Ressources humaines", "Liquidités", "Dettes et aides", "Approvisionnement"]
DAYS, SCORES = ["2026-03-02", "2026-03-16", "2026-03-30", "2026-04-13"], [12, 27, 36, 61]

st.title("Résultats")
if "over-time" in st.query_params:
    over_time = {"jour": DAYS, "pourcentage": SCORES}
    st.line_chart(over_time, x="jour", y="pourcentage")
    st.table(over_time)
else:
    st.metric("Degré de préparation", "41 %")
    st.bar_chart(
        {"domaine": DOMAINS, "pourcentage": [71, 42, 30, 25, 50]}, x="domaine", y="pourcentage", horizontal=True
    )
