# p of printed statistics, at both ends of what their last digit may stand for.
# Rerun: Rscript --vanilla checked.R > checked.txt
say <- function(name, value) cat(paste0(name, " ", sprintf("%.15g", value), "\n"))
both <- function(name, p, value, unit) {
  ends <- p(value + c(1, -1) * unit / 2)
  say(paste0(name, ".low"), ends[1]); say(paste0(name, ".high"), ends[2])
}
t_of <- function(r, df) r * sqrt(df / (1 - r^2))
both("t", function(x) 2 * pt(-x, 28), 2.20, 0.01)
both("r", function(x) 2 * pt(-t_of(x, 28), 28), 0.22, 0.01)
both("z", function(x) 2 * pnorm(-x), 2.20, 0.01)
both("F", function(x) pf(x, 2, 28, lower.tail = FALSE), 2.20, 0.01)
both("chi2", function(x) pchisq(x, 28, lower.tail = FALSE), 22.20, 0.01)
# Welch's degrees of freedom were rounded as well: the ends are at the corners.
corners <- outer(c(8.115, 8.125), c(16.875, 16.885),
                 function(f, df) pf(f, 1, df, lower.tail = FALSE))
say("welch.low", min(corners)); say("welch.high", max(corners))
