# Regression, paired comparisons and a cross-table in base R, on built-in data. HC3 and
# the test of equal spread (Breusch and Pagan, F form) are written out.
# Rerun: Rscript --vanilla further_tests.R > further_tests.txt
say <- function(name, value) cat(paste0(name, " ", sprintf("%.15g", value), "\n"))
regressed <- function(name, formula, data) {
  fit <- lm(formula, data); s <- summary(fit); ci <- confint(fit)
  f <- s$fstatistic
  say(paste0(name, ".f"), f[[1]]); say(paste0(name, ".r2"), s$r.squared)
  say(paste0(name, ".p"), pf(f[1], f[2], f[3], lower.tail = FALSE))
  say(paste0(name, ".adjusted"), s$adj.r.squared)
  x <- model.matrix(fit); h <- hatvalues(fit); e <- resid(fit)
  bread <- solve(crossprod(x)); meat <- crossprod(x * (e / (1 - h)))
  v <- bread %*% meat %*% bread; b <- coef(fit)
  w <- drop(t(b[-1]) %*% solve(v[-1, -1, drop = FALSE]) %*% b[-1]) / (length(b) - 1)
  say(paste0(name, ".robust.f"), w)
  say(paste0(name, ".robust.p"), pf(w, f[2], f[3], lower.tail = FALSE))
  spread <- lm(e^2 ~ x[, -1]); g <- summary(spread)$fstatistic
  say(paste0(name, ".bp.f"), g[[1]])
  say(paste0(name, ".bp.p"), pf(g[1], g[2], g[3], lower.tail = FALSE))
  scaled <- as.data.frame(scale(model.frame(fit)))
  beta <- coef(lm(formula, scaled))
  for (term in names(b)) {
    at <- paste0(name, ".", sub("[(]Intercept[)]", "constant", term))
    say(paste0(at, ".b"), b[[term]]); say(paste0(at, ".se"), s$coefficients[term, 2])
    say(paste0(at, ".t"), s$coefficients[term, 3])
    say(paste0(at, ".p"), s$coefficients[term, 4])
    say(paste0(at, ".low"), ci[term, 1]); say(paste0(at, ".high"), ci[term, 2])
    if (term == "(Intercept)") next
    say(paste0(at, ".beta"), beta[[term]])
    others <- setdiff(names(b)[-1], term)
    r2 <- if (length(others))
      summary(lm(reformulate(others, term), data))$r.squared else 0
    say(paste0(at, ".vif"), 1 / (1 - r2))
  }
}
regressed("three", rating ~ complaints + learning + raises, attitude)
regressed("one", rating ~ complaints, attitude)

paired <- function(name, x, y, exact) {
  t <- t.test(x, y, paired = TRUE)
  say(paste0(name, ".t"), t$statistic[[1]]); say(paste0(name, ".p"), t$p.value)
  say(paste0(name, ".low"), t$conf.int[1]); say(paste0(name, ".high"), t$conf.int[2])
  df <- t$parameter[[1]]; n <- df + 1
  ends <- sapply(c(0.975, 0.025), function(q) uniroot(function(nc)
    suppressWarnings(pt(t$statistic[[1]], df, nc)) - q, c(-30, 30), tol = 1e-12)$root)
  say(paste0(name, ".dz"), mean(x - y) / sd(x - y))
  say(paste0(name, ".dz.low"), ends[1] / sqrt(n))
  say(paste0(name, ".dz.high"), ends[2] / sqrt(n))
  w <- suppressWarnings(wilcox.test(x, y, paired = TRUE, exact = exact))
  say(paste0(name, ".v"), w$statistic[[1]]); say(paste0(name, ".v.p"), w$p.value)
}
paired("attitude", attitude$rating, attitude$complaints, FALSE)
for (i in 1:8) { say(paste0("x.", i), i * 1.5); say(paste0("y.", i), c(1, 4.1, 2, 7.3, 5.1, 11.6, 4, 9.7)[i]) }
paired("few", (1:8) * 1.5, c(1, 4.1, 2, 7.3, 5.1, 11.6, 4, 9.7), TRUE)

counts <- HairEyeColor[, , "Female"]
test <- suppressWarnings(chisq.test(counts))
for (i in rownames(counts)) for (j in colnames(counts)) {
  say(paste0("hair.", i, ".", j), counts[i, j])
  say(paste0("residual.", i, ".", j), test$stdres[i, j])
}

# Variance of the groups' means that so many groups of 20 detect; as a share of all.
for (k in c(3, 5)) {
  b <- power.anova.test(groups = k, n = 20, within.var = 1, sig.level = 0.05,
                        power = 0.8)$between.var * (k - 1) / k
  say(paste0("detectable.", k), b / (1 + b))
}
