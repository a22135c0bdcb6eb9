"""A progress chart is a text that draws itself the same for ever."""

from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.insights import charts
from bot.insights.charts import Bar, Chart
from bot.insights.rules import mastery

SHARES = st.integers(0, 1000).map(lambda thousandths: thousandths / 1000)
TITLES = st.text(max_size=charts.LONGEST_TITLE).filter(lambda text: text.isprintable())
BARS = st.builds(Bar, TITLES, SHARES, SHARES, SHARES, SHARES)
CHARTS = st.builds(
    Chart,
    st.sampled_from(["en", "de"]),
    st.lists(BARS, min_size=1, max_size=charts.MOST_BARS).map(tuple),
)


@given(CHARTS)
def test_a_chart_reads_back_as_it_was_written(chart: Chart) -> None:
    assert charts.read(charts.write(chart)) == chart


@given(st.text() | st.text().map(lambda text: f"progress:{text}"))
def test_any_other_text_is_no_chart(text: str) -> None:
    chart = charts.read(text)

    assert chart is None or charts.read(charts.write(chart)) == chart


@pytest.mark.parametrize(
    "payload",
    [
        "[]",
        '["en",[]]',
        '["xx",[["Triage",1,1,1,1]]]',
        '["en",[["Triage",1,1,1]]]',
        '["en",[["Triage",1,1,1,1001]]]',
        '["en",[["Triage",1,1,1,-1]]]',
        '["en",[["Triage",1,1,1,true]]]',
        '["en",[[7,1,1,1,1]]]',
        "[" * 100_000,
    ],
)
def test_a_forged_chart_is_not_drawn(payload: str) -> None:
    assert charts.read(f"progress:{urlsafe_b64encode(payload.encode()).decode()}") is None


def test_topics_not_begun_are_left_out() -> None:
    begun = mastery(title="Triage", pack="", target=0.9, questions=2, now=[0.8], in_a_week=[0.6])
    not_begun = mastery(title="Roles", pack="", target=0.9, questions=2, now=[], in_a_week=[])

    chart = charts.of([begun, not_begun], "en")

    assert [(bar.title, bar.now, bar.later) for bar in chart.bars] == [("Triage", 0.8, 0.6)]
