# Cross-tables in base R: chi-square, Fisher's exact test, the interval of V.
# Rerun: Rscript --vanilla crosstabs.R > crosstabs.txt
say <- function(name, value) cat(paste0(name, " ", sprintf("%.15g", value), "\n"))
# pchisq(ncp =) loses digits, so the tail is summed as the mixture it is.
upper <- function(x, df, l) sum(dpois(0:2000, l / 2) *
  pchisq(x, df + 2 * (0:2000), lower.tail = FALSE))
lambda <- function(x, df, tail) if (upper(x, df, 0) >= tail) 0 else
  uniroot(function(l) upper(x, df, l) - tail, c(0, 4 * x + 100), tol = 1e-13)$root
stopifnot(abs(upper(9, 4, 5) - pchisq(9, 4, 5, lower.tail = FALSE)) < 1e-8)
# Published: chi-square 30 with 4 degrees of freedom gives 9.98 and 51.81
# (real-statistics.com, confidence interval of effect size for chi-square).
stopifnot(abs(lambda(30, 4, 0.025) - 9.98) < 0.005)
stopifnot(abs(lambda(30, 4, 0.975) - 51.81) < 0.005)

tables <- list(
  tea = matrix(c(3, 1, 1, 3), 2),                       # Fisher (1935)
  job = matrix(c(1, 2, 1, 0, 3, 3, 6, 1, 10, 10, 14, 9, 6, 7, 12, 11), 4), # Agresti (2002)
  wide = matrix(c(3, 0, 1, 4, 6, 0, 2, 5), 2),
  square = matrix(c(4, 1, 0, 2, 5, 1, 0, 2, 6), 3),
  four = matrix(c(4, 2, 2, 2, 3, 7, 0, 1, 4, 1, 3, 2, 4, 0, 1, 5), 4), # 41 invented people
  five = matrix(c(2, 0, 1, 5, 0, 3, 1, 1, 4, 0, 2, 1, 0, 1, 6, 0, 2, 2, 0, 1), 4),
  far = matrix(c(9, 0, 1, 0, 8, 0, 1, 0, 9, 0, 0, 1), 3),
  hair = unclass(HairEyeColor[, , "Female"]),
  hair_by_sex = unclass(t(margin.table(HairEyeColor, c(1, 3)))),
  none = matrix(c(10, 10, 10, 10), 2)
)
for (name in names(tables)) {
  x <- tables[[name]]
  put <- function(what, value) say(paste(name, what, sep = "."), value)
  for (i in seq_len(nrow(x))) for (j in seq_len(ncol(x)))
    put(paste("cell", i, j, sep = "."), x[i, j])
  test <- suppressWarnings(chisq.test(x, correct = FALSE))
  put("chi2", test$statistic[[1]]); put("df", test$parameter[[1]])
  put("p", test$p.value); put("smallest", min(test$expected))
  due <- min(test$expected) < 1 || mean(test$expected < 5) > 0.2
  if (due) put("fisher", fisher.test(x, workspace = 2e7)$p.value)
  most <- sum(x) * (min(dim(x)) - 1)
  ends <- c(low = lambda(test$statistic[[1]], test$parameter[[1]], 0.025),
            high = lambda(test$statistic[[1]], test$parameter[[1]], 0.975))
  put("v", sqrt(test$statistic[[1]] / most))
  for (end in names(ends)) put(end, min(1, sqrt(ends[[end]] / most)))
}
