# Structure of items in base R, on built-in data: KMO and Bartlett written out,
# eigenvalues, loadings of principal components, rotated by R's varimax.
# Rerun: Rscript --vanilla structure.R > structure.txt
say <- function(name, value) cat(paste0(name, " ", sprintf("%.15g", value), "\n"))
described <- function(name, x, m) {
  r <- cor(x); k <- ncol(x); n <- nrow(x); i <- solve(r)
  p <- -i / sqrt(outer(diag(i), diag(i))); diag(p) <- 0; o <- r; diag(o) <- 0
  say(paste0(name, ".kmo"), sum(o^2) / (sum(o^2) + sum(p^2)))
  chi2 <- -(n - 1 - (2 * k + 5) / 6) * log(det(r))
  say(paste0(name, ".chi2"), chi2)
  say(paste0(name, ".p"), pchisq(chi2, k * (k - 1) / 2, lower.tail = FALSE))
  e <- eigen(r)
  for (j in 1:k) say(paste0(name, ".root.", j), e$values[j])
  l <- e$vectors[, 1:m, drop = FALSE] %*% diag(sqrt(e$values[1:m]), m)
  if (m > 1) l <- unclass(varimax(l, normalize = TRUE, eps = 1e-14)$loadings)
  l <- l[, order(-colSums(l^2)), drop = FALSE]
  l <- l %*% diag(ifelse(colSums(l) < 0, -1, 1), m)
  for (j in 1:m) for (v in 1:k) say(paste0(name, ".load.", names(x)[v], ".", j), l[v, j])
}
cars <- mtcars[c("mpg", "disp", "hp", "drat", "wt", "qsec", "gear", "carb")]
for (v in names(cars)) for (i in 1:nrow(cars)) say(paste0("cars.", v, ".", i), cars[i, v])
described("two", cars, 2)
described("one", attitude, 1)
