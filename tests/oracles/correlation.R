# Pearson's r in base R: of the built-in data of Anscombe (1973), and of 73
# points built to have an r that is known only as printed, .738.
# Rerun: Rscript --vanilla correlation.R > correlation.txt
say <- function(name, value) cat(paste0(name, " ", sprintf("%.15g", value), "\n"))

report <- function(name, x, y, level = 0.95) {
  test <- cor.test(x, y, conf.level = level)
  say(paste0(name, ".r"), test$estimate[[1]])
  say(paste0(name, ".t"), test$statistic[[1]])
  say(paste0(name, ".df"), test$parameter[[1]])
  say(paste0(name, ".p"), test$p.value)
  say(paste0(name, ".low"), test$conf.int[1])
  say(paste0(name, ".high"), test$conf.int[2])
}

for (row in 1:11) {
  say(paste0("anscombe.x.", row), anscombe$x1[row])
  say(paste0("anscombe.y.", row), anscombe$y1[row])
}
report("anscombe", anscombe$x1, anscombe$y1)
report("anscombe90", anscombe$x1, anscombe$y1, 0.90)

# A line and what is left of a parabola are uncorrelated; their mixture has
# the r asked for, whatever the scale.
line <- as.vector(scale(1:73))
rest <- as.vector(scale(resid(lm(line^2 ~ line))))
for (r in c("0.7375", "0.738", "0.7385", "-0.2")) {
  at <- as.numeric(r)
  report(paste0("r", r), line, at * line + sqrt(1 - at^2) * rest)
}

# Power of a test of r, by the approximation of pwr::pwr.r.test.
power_r <- function(r, n) {
  t <- qt(0.975, n - 2)
  cut <- atanh(sqrt(t^2 / (t^2 + n - 2)))
  z <- atanh(r) + r / (2 * (n - 1))
  pnorm((z - cut) * sqrt(n - 3)) + pnorm((-z - cut) * sqrt(n - 3))
}
for (n in c(30, 73)) say(
  paste0("detectable.", n),
  uniroot(function(r) power_r(r, n) - 0.8, c(0, 0.99), tol = 1e-13)$root
)
