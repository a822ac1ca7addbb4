# Rank correlations, and each pair of three groups, in base R on built-in data.
# Intervals of rho and tau by Bonett & Wright (2000) and Fieller et al. (1957), written
# out; Games and Howell's test from the studentized range, ptukey.
# Rerun: Rscript --vanilla further_ranks.R > further_ranks.txt
say <- function(name, value) cat(paste0(name, " ", sprintf("%.15g", value), "\n"))
ranked <- function(name, x, y, exact = FALSE) {
  n <- length(x); z <- qnorm(0.975)
  s <- suppressWarnings(cor.test(x, y, method = "spearman", exact = exact))
  k <- suppressWarnings(cor.test(x, y, method = "kendall", exact = exact))
  rho <- s$estimate[[1]]; tau <- k$estimate[[1]]
  say(paste0(name, ".rho"), rho); say(paste0(name, ".rho.p"), s$p.value)
  say(paste0(name, ".tau"), tau); say(paste0(name, ".tau.p"), k$p.value)
  half <- z * sqrt((1 + rho^2 / 2) / (n - 3))
  say(paste0(name, ".rho.low"), tanh(atanh(rho) - half))
  say(paste0(name, ".rho.high"), tanh(atanh(rho) + half))
  half <- z * sqrt(0.437 / (n - 4))
  say(paste0(name, ".tau.low"), tanh(atanh(tau) - half))
  say(paste0(name, ".tau.high"), tanh(atanh(tau) + half))
}
for (i in seq_len(nrow(attitude))) for (v in names(attitude))
  say(paste0("attitude.", v, ".", i), attitude[i, v])
ranked("attitude", attitude$rating, attitude$complaints)
few <- c(1, 2, 3, 4, 5, 6, 7); other <- c(2, 1, 4, 3, 7, 5, 6)
ranked("few", few, other, exact = TRUE)

split <- split(PlantGrowth$weight, PlantGrowth$group)
for (g in names(split)) for (i in seq_along(split[[g]]))
  say(paste0("plant.", g, ".", i), split[[g]][i])
for (pair in combn(names(split), 2, simplify = FALSE)) {
  a <- split[[pair[1]]]; b <- split[[pair[2]]]
  va <- var(a) / length(a); vb <- var(b) / length(b)
  df <- (va + vb)^2 / (va^2 / (length(a) - 1) + vb^2 / (length(b) - 1))
  se <- sqrt((va + vb) / 2); gap <- mean(a) - mean(b)
  name <- paste0("pair.", pair[1], ".", pair[2])
  say(paste0(name, ".difference"), gap)
  say(paste0(name, ".p"), ptukey(abs(gap) / se, 3, df, lower.tail = FALSE))
  say(paste0(name, ".low"), gap - qtukey(0.95, 3, df) * se)
  say(paste0(name, ".high"), gap + qtukey(0.95, 3, df) * se)
  say(paste0(name, ".d"), gap / sqrt((var(a) + var(b)) / 2))
}
