# The proportional-odds model of two groups in R: MASS::polr (Debian: r-cran-mass).
# Rerun: Rscript --vanilla ordinal.R > ordinal.txt
suppressPackageStartupMessages(library(MASS))
say <- function(name, value) cat(paste0(name, " ", sprintf("%.15g", value), "\n"))
cases <- list(
  reference = list(c(1, 5, 4, 2, 0), c(1, 11, 20, 20, 9)),
  gap = list(c(2, 2, 0, 7, 1), c(1, 8, 0, 29, 11)),
  small = list(c(3, 2, 1, 0, 0), c(1, 2, 3, 1, 0))
)
for (name in names(cases)) {
  sides <- cases[[name]]
  answer <- factor(c(rep(1:5, sides[[1]]), rep(1:5, sides[[2]])), ordered = TRUE)
  group <- rep(0:1, c(sum(sides[[1]]), sum(sides[[2]])))
  fit <- polr(answer ~ group, Hess = TRUE, control = list(reltol = 1e-14, maxit = 1000))
  none <- polr(answer ~ 1, Hess = TRUE, control = list(reltol = 1e-14, maxit = 1000))
  say(paste0(name, ".beta"), coef(fit)[["group"]])
  say(paste0(name, ".se"), sqrt(vcov(fit)["group", "group"]))
  say(paste0(name, ".lr_p"), pchisq(2 * (logLik(fit) - logLik(none))[1], 1, lower.tail = FALSE))
}
