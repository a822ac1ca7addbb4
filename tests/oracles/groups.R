# Two groups compared in base R: the answers are one pair of histograms that
# fits the printed descriptives, 12 "no" over 1..4 and 61 "yes" over 1..5.
# Rerun: Rscript --vanilla groups.R > groups.txt
say <- function(name, value) cat(paste0(name, " ", sprintf("%.15g", value), "\n"))

no <- rep(1:4, c(1, 5, 4, 2))
yes <- rep(1:5, c(1, 11, 20, 20, 9))
score <- c(no, yes)
group <- factor(rep(c("no", "yes"), c(length(no), length(yes))))
n1 <- length(no); n2 <- length(yes); n <- n1 + n2

for (part in c("no", "yes", "total")) {
  x <- if (part == "total") score else score[group == part]
  ci <- t.test(x)$conf.int
  say(paste0(part, ".n"), length(x))
  say(paste0(part, ".mean"), mean(x))
  say(paste0(part, ".sd"), sd(x))
  say(paste0(part, ".se"), sd(x) / sqrt(length(x)))
  say(paste0(part, ".low"), ci[1])
  say(paste0(part, ".high"), ci[2])
  say(paste0(part, ".min"), min(x))
  say(paste0(part, ".max"), max(x))
}

# Means and spreads of any number of groups. Steiger (2004): the noncentrality
# whose upper tail is 97.5 % and 2.5 %, as a share of variance.
report <- function(name, score, group) {
  put <- function(what, value) say(paste0(name, what), value)
  n <- length(score)
  table <- summary(aov(score ~ group))[[1]]
  ss <- table[["Sum Sq"]]; df <- table[["Df"]]; ms <- table[["Mean Sq"]]
  f <- table[["F value"]][1]
  put("anova.ss_between", ss[1]); put("anova.df_between", df[1])
  put("anova.ms_between", ms[1]); put("anova.f", f)
  put("anova.p", table[["Pr(>F)"]][1])
  put("anova.ss_within", ss[2]); put("anova.df_within", df[2])
  put("anova.ms_within", ms[2]); put("anova.ss_total", sum(ss))
  put("anova.df_total", sum(df))
  put("eta_squared.value", summary(lm(score ~ group))$r.squared)
  put("omega_squared.value", (ss[1] - df[1] * ms[2]) / (sum(ss) + ms[2]))
  # Summed as the mixture it is, since pf(ncp =) stops its series at 1e-9.
  upper <- function(l) sum(dpois(0:400, l / 2) * pbeta(
    df[1] * f / (df[1] * f + df[2]), df[1] / 2 + 0:400, df[2] / 2, lower.tail = FALSE
  ))
  lambda <- function(tail) uniroot(
    function(l) upper(l) - tail, c(0, 100), tol = 1e-13
  )$root
  stopifnot(abs(upper(5) - pf(f, df[1], df[2], 5, lower.tail = FALSE)) < 1e-8)
  ends <- c(low = lambda(0.025), high = lambda(0.975))
  for (end in names(ends)) {
    put(paste0("eta_squared.", end), ends[[end]] / (ends[[end]] + n))
    put(paste0("eta_squared_by_df.", end), ends[[end]] / (ends[[end]] + df[2]))
  }
  w <- oneway.test(score ~ group)
  put("welch.f", w$statistic[[1]]); put("welch.df1", w$parameter[[1]])
  put("welch.df2", w$parameter[[2]]); put("welch.p", w$p.value)
  k <- kruskal.test(score, group)
  put("kruskal.h", k$statistic[[1]]); put("kruskal.df", k$parameter[[1]])
  put("kruskal.p", k$p.value)
  # Epsilon squared is the share of the ranks' variance that groups explain.
  put("kruskal.epsilon_squared", summary(lm(rank(score) ~ group))$r.squared)
  # Its interval: the noncentrality of the chi-square limit over n - 1. The tail
  # is summed as the mixture it is, because pchisq(ncp =) loses digits.
  above <- function(l) sum(dpois(0:2000, l / 2) *
    pchisq(k$statistic[[1]], k$parameter[[1]] + 2 * (0:2000), lower.tail = FALSE))
  for (end in c("low", "high")) {
    tail <- c(low = 0.025, high = 0.975)[[end]]
    root <- uniroot(function(l) above(l) - tail, c(0, 200), tol = 1e-13)$root
    put(paste0("kruskal.", end), root / (n - 1))
  }
  for (center in c("mean", "median")) {
    away <- abs(score - ave(score, group, FUN = get(center)))
    fit <- anova(lm(away ~ group))
    put(paste0("levene.", center, ".f"), fit[["F value"]][1])
    put(paste0("levene.", center, ".p"), fit[["Pr(>F)"]][1])
  }
}
report("", score, group)
# Three groups: the plants of Dobson (1983), built into R.
for (row in seq_len(nrow(PlantGrowth))) {
  plant <- PlantGrowth[row, ]
  say(paste("plant", plant$group, row, sep = "."), plant$weight)
}
report("plants.", PlantGrowth$weight, PlantGrowth$group)

test <- wilcox.test(no, yes, exact = FALSE, correct = TRUE)
say("mann_whitney.u", test$statistic[[1]])
say("mann_whitney.p_asymptotic", test$p.value)
say("mann_whitney.rank_biserial", 2 * test$statistic[[1]] / (n1 * n2) - 1)
# Brunner & Munzel (2000): t interval of P(no > yes) + P(no = yes) / 2 from the
# placements of each group among the other, turned into twice that less 1.
above <- sapply(no, function(x) mean((yes < x) + (yes == x) / 2))
below <- sapply(yes, function(y) mean((no > y) + (no == y) / 2))
parts <- c(var(above) / n1, var(below) / n2)
bm_df <- sum(parts)^2 / sum(parts^2 / (c(n1, n2) - 1))
reach <- qt(0.975, bm_df) * sqrt(sum(parts))
say("rank_biserial.low", 2 * (mean(above) - reach) - 1)
say("rank_biserial.high", 2 * (mean(above) + reach) - 1)
# Exactly: every way to take 12 of the 73 answers, level by level.
tied <- tabulate(score, 5)
taken <- as.matrix(expand.grid(lapply(tied, function(k) 0:min(k, n1))))
taken <- taken[rowSums(taken) == n1, ]
ways <- apply(taken, 1, function(k) prod(choose(tied, k)))
ranks <- sort(unique(rank(score)))
away <- abs(taken %*% ranks - n1 * (n + 1) / 2)
reached <- abs(sum(rank(score)[group == "no"]) - n1 * (n + 1) / 2)
stopifnot(all.equal(sum(ways), choose(n, n1)))
say("mann_whitney.p_exact", sum(ways[away >= reached - 1e-9]) / sum(ways))

# Cumming & Finch (2001): the noncentral t inverted at both tails.
t <- t.test(no, yes, var.equal = TRUE)$statistic[[1]]
scale <- sqrt(n1 * n2 / n)
say("cohen_d.t", t); say("cohen_d.value", t / scale)
delta <- function(tail) uniroot(
  function(d) pt(t, n - 2, ncp = d, lower.tail = FALSE) - tail,
  t + c(-4, 4), tol = 1e-13
)$root
say("cohen_d.low", delta(0.025) / scale)
say("cohen_d.high", delta(0.975) / scale)

# Bonett (2008): the difference over the root of the mean of both variances.
v <- c(var(no), var(yes)); f <- c(n1, n2) - 1; s <- sqrt(mean(v))
d <- (mean(no) - mean(yes)) / s
se <- sqrt(d^2 * sum(v^2 / f) / (8 * s^4) + sum(v / f) / s^2)
say("unpooled_d.value", d)
say("unpooled_d.low", d - qnorm(0.975) * se); say("unpooled_d.high", d + qnorm(0.975) * se)

# The smallest d found with 80 % power, both rejection regions counted.
power_t <- function(d, n1, n2) {
  cut <- qt(0.975, n1 + n2 - 2); ncp <- d * sqrt(n1 * n2 / (n1 + n2))
  pt(cut, n1 + n2 - 2, ncp = ncp, lower.tail = FALSE) +
    pt(-cut, n1 + n2 - 2, ncp = ncp)
}
for (sizes in list(c(12, 61), c(30, 30))) say(
  paste0("detectable.", sizes[1], ".", sizes[2]),
  uniroot(function(d) power_t(d, sizes[1], sizes[2]) - 0.8, c(0, 5), tol = 1e-13)$root
)
stopifnot(abs(
  power.t.test(n = 30, power = 0.8, strict = TRUE, tol = 1e-13)$delta -
    uniroot(function(d) power_t(d, 30, 30) - 0.8, c(0, 5), tol = 1e-13)$root
) < 1e-9)
