# Items of scales in base R: moments, alpha, omega. The answers are R's own
# attitude data (Chatterjee & Price 1977), put into five classes.
# Rerun: Rscript --vanilla scales.R > scales.txt
say <- function(name, value) cat(paste0(name, " ", sprintf("%.15g", value), "\n"))
reliability <- function(name, x) {
  put <- function(what, value) say(paste(name, what, sep = "."), value)
  for (row in seq_len(nrow(x))) for (item in names(x))
    put(paste("answer", item, row, sep = "."), x[row, item])
  alpha <- function(x) {
    k <- ncol(x); s <- cov(x)
    k / (k - 1) * (1 - sum(diag(s)) / sum(s))
  }
  n <- nrow(x); k <- ncol(x); a <- alpha(x)
  put("alpha", a)
  for (level in c(95, 90)) {
    tail <- (1 - level / 100) / 2
    put(paste0("low", level), 1 - (1 - a) * qf(1 - tail, n - 1, (n - 1) * (k - 1)))
    put(paste0("high", level), 1 - (1 - a) * qf(tail, n - 1, (n - 1) * (k - 1)))
  }
  for (item in names(x)) put(paste0("without.", item), alpha(x[names(x) != item]))
  for (item in names(x)) put(paste0("rest.", item),
    cor(x[[item]], rowSums(x[names(x) != item])))
  fit <- factanal(x, factors = 1, control = list(opt = list(factr = 10)))
  sd <- sapply(x, sd)
  common <- sum(sd * fit$loadings[, 1])^2
  put("omega", common / (common + sum(sd^2 * fit$uniquenesses)))
}
classes <- as.data.frame(lapply(attitude, function(x) as.integer(cut(x, 5))))
reliability("attitude", attitude)
reliability("classes", classes)
reliability("three", classes[c("rating", "complaints", "learning")])
# An item that was not turned round.
reliability("unturned", transform(classes, complaints = 6 - complaints))
for (item in names(classes)) {
  x <- classes[[item]]; q <- quantile(x, c(0.25, 0.5, 0.75), type = 6)
  put <- function(what, value) say(paste("moments", item, what, sep = "."), value)
  put("n", length(x)); put("missing", sum(is.na(x)))
  put("mean", mean(x)); put("sd", sd(x)); put("min", min(x)); put("max", max(x))
  put("q1", q[[1]]); put("median", q[[2]]); put("q3", q[[3]])
  for (point in 1:5) say(paste("points", item, point, sep = "."), sum(x == point))
}
