"""Effects and their intervals, against R."""

from material.groups import DATA, R, as_r, both, groups_of

from ecrm_helpers.statistics import analysis


@both
def test_both_measures_of_effect_share_the_noncentral_interval_of_r(data):
    ours = analysis.anova(*DATA[data])
    ends = [R[f"{data}eta_squared.{end}"] for end in ("low", "high")]
    assert [ours.eta_squared.low, ours.eta_squared.high] == as_r(ends)
    assert [ours.omega_squared.low, ours.omega_squared.high] == as_r(ends)


@both
def test_dividing_by_the_degrees_of_freedom_gives_the_other_usual_interval(data):
    ours = analysis.anova(*DATA[data])
    for end in ("low", "high"):
        share = getattr(ours.eta_squared, end)
        noncentrality = share / (1 - share) * (ours.df_total + 1)
        other = noncentrality / (noncentrality + ours.df_within)
        assert other == as_r(R[f"{data}eta_squared_by_df.{end}"])


def test_no_effect_gives_an_interval_from_zero_to_zero():
    interval = analysis.anova(*groups_of([1, 2, 3], [1, 2, 3])).eta_squared
    assert interval == analysis.Estimate(0, 0, 0)
