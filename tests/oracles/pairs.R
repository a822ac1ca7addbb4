# Every pair of histograms that fits the printed descriptives, found in base R
# by trying all counts, and the range of each statistic over these pairs.
# Rerun: Rscript --vanilla pairs.R > pairs.txt
say <- function(name, value) cat(paste0(name, " ", sprintf("%.15g", value), "\n"))

# All counts over 1..4 or 1..5, both ends answered, that print this mean and SD.
fitting <- function(n, points, mean, sd) {
  found <- NULL
  inner <- as.matrix(expand.grid(rep(list(0:n), points - 3)))
  for (first in 1:(n - 1)) for (last in 1:(n - first)) {
    rest <- n - first - last - rowSums(inner)
    h <- cbind(first, inner, rest, last, deparse.level = 0)[rest >= 0, , drop = FALSE]
    s <- h %*% 1:points
    q <- h %*% (1:points)^2
    spread <- sqrt(pmax(q - s^2 / n, 0) / (n - 1))
    fits <- abs(s / n - mean) <= 0.005 & abs(spread - sd) <= 0.0005
    found <- rbind(found, h[fits, , drop = FALSE])
  }
  found
}
no <- fitting(12, 4, 2.58, 0.900)
yes <- fitting(61, 5, 3.41, 1.006)
say("histograms.no", nrow(no))
say("histograms.yes", nrow(yes))

levene <- function(score, group, center) {
  away <- abs(score - ave(score, group, FUN = center))
  anova(lm(away ~ group))[["Pr(>F)"]][1]
}
# Every way to take the first group from the tied levels of all answers.
exact <- function(a, b) {
  tied <- tabulate(c(a, b), 5)
  taken <- as.matrix(expand.grid(lapply(tied, function(k) 0:min(k, length(a)))))
  taken <- taken[rowSums(taken) == length(a), ]
  ways <- Reduce(`*`, lapply(1:5, function(k) choose(tied[k], taken[, k])))
  middle <- length(a) * (length(a) + length(b) + 1) / 2
  ends <- cumsum(tied)
  away <- abs(taken %*% (ends - (tied - 1) / 2) - middle)
  reached <- abs(sum(rank(c(a, b))[seq_along(a)]) - middle)
  sum(ways[away >= reached - 1e-9]) / sum(ways)
}

rows <- NULL
for (i in seq_len(nrow(no))) for (j in seq_len(nrow(yes))) {
  a <- rep(1:4, no[i, ]); b <- rep(1:5, yes[j, ])
  score <- c(a, b)
  group <- factor(rep(c("no", "yes"), c(length(a), length(b))))
  test <- oneway.test(score ~ group, var.equal = TRUE)
  rows <- rbind(rows, c(
    anova_f = test$statistic[[1]],
    anova_p = test$p.value,
    welch_p = oneway.test(score ~ group)$p.value,
    mann_whitney_exact_p = exact(a, b),
    mann_whitney_asymptotic_p = wilcox.test(a, b, exact = FALSE)$p.value,
    levene_mean_p = levene(score, group, mean),
    levene_median_p = levene(score, group, median),
    median_difference = median(b) - median(a),
    above_midpoint = 100 * mean(score > 4),
    from_midpoint = 100 * mean(score >= 4)
  ))
}
say("pairs", nrow(rows))
for (name in colnames(rows)) {
  say(paste0(name, ".low"), min(rows[, name]))
  say(paste0(name, ".high"), max(rows[, name]))
}
