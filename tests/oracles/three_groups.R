# Every combination of three groups that fits printed means and SDs, by hand:
# n = 5, mean 1.6, SD 0.5; n = 6, mean 4, SD 1; n = 5, mean 3, SD 1, answers from
# 1 to 5; a mean or SD fits if it lies within half a unit of its last decimal. The
# tests are those of base R.
# Rerun: Rscript --vanilla three_groups.R > three_groups.txt
say <- function(name, value) cat(paste0(name, " ", sprintf("%.15g", value), "\n"))

histograms <- function(n, mean, sd, half_mean, half_sd) {
  all <- as.matrix(expand.grid(rep(list(0:n), 5)))
  all <- all[rowSums(all) == n, , drop = FALSE]
  fits <- apply(all, 1, function(counts) {
    x <- rep(1:5, counts)
    abs(mean(x) - mean) <= half_mean + 1e-12 && abs(sd(x) - sd) <= half_sd + 1e-12
  })
  lapply(which(fits), function(row) rep(1:5, all[row, ]))
}
first <- histograms(5, 1.6, 0.5, 0.05, 0.05)
second <- histograms(6, 4, 1, 0.5, 0.5)
third <- histograms(5, 3, 1, 0.5, 0.5)

group <- factor(rep(1:3, c(5, 6, 5)))
found <- NULL
for (a in first) for (b in second) for (c in third) {
  x <- c(a, b, c)
  variances <- c(var(a), var(b), var(c))
  answered <- table(group, x)
  found <- rbind(found, c(
    anova_f = oneway.test(x ~ group, var.equal = TRUE)$statistic[[1]],
    anova_p = oneway.test(x ~ group, var.equal = TRUE)$p.value,
    welch_p = if (all(variances > 0)) oneway.test(x ~ group)$p.value else NA,
    kruskal_wallis_p = kruskal.test(x, group)$p.value,
    chi2_p = suppressWarnings(chisq.test(answered)$p.value)
  ))
}
say("combinations", nrow(found))
for (name in colnames(found)) {
  values <- found[, name]
  say(paste0(name, ".least"), min(values, na.rm = TRUE))
  say(paste0(name, ".most"), max(values, na.rm = TRUE))
  say(paste0(name, ".undefined"), sum(is.na(values)))
}
