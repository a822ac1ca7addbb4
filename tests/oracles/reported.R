# Tests of R's own data sets, as sentences report them, and rank tests of drawn answers.
# Rerun: Rscript --vanilla reported.R > reported.txt
say <- function(name, value) cat(paste0(name, " ", sprintf("%.15g", value), "\n"))
tell <- function(name, test) { say(paste0(name, ".value"), test$statistic)
  say(paste0(name, ".p"), test$p.value) }
tell("sleep", t.test(extra ~ group, sleep, var.equal = TRUE))
tell("paired", t.test(sleep$extra[1:10], sleep$extra[11:20], paired = TRUE))
tell("tooth", t.test(len ~ supp, ToothGrowth, var.equal = TRUE))
tell("tooth_welch", t.test(len ~ supp, ToothGrowth))
for (name in c("plant", "tension", "wool")) {
  row <- anova(switch(name, plant = lm(weight ~ group, PlantGrowth),
                      tension = lm(breaks ~ tension, warpbreaks),
                      wool = lm(breaks ~ wool, warpbreaks)))
  say(paste0(name, ".value"), row[1, 4]); say(paste0(name, ".p"), row[1, 5])
}
tell("plant_welch", oneway.test(weight ~ group, PlantGrowth))
correlated <- function(name, x, y, method, ...) {
  test <- suppressWarnings(cor.test(x, y, method = method, ...))
  say(paste0(name, ".value"), test$estimate); say(paste0(name, ".p"), test$p.value)
}
correlated("cars", mtcars$mpg, mtcars$qsec, "pearson")
correlated("iris", iris$Sepal.Length, iris$Sepal.Width, "pearson")
correlated("women", women$height, c(1:14, 3), "pearson")
correlated("attitude", attitude$rating, attitude$critical, "spearman", exact = FALSE)
correlated("swiss", swiss$Fertility, swiss$Infant.Mortality, "spearman", exact = FALSE)
correlated("rock", rock$area, rock$perm, "kendall")
correlated("quakes", quakes$mag[1:73], quakes$depth[1:73], "kendall", exact = FALSE)
tell("hair", suppressWarnings(chisq.test(HairEyeColor[, , 2])))
tell("two", chisq.test(matrix(c(20, 15, 18, 20), 2), correct = FALSE))
tell("three", chisq.test(matrix(c(12, 5, 9, 8, 14, 9), 2)))
tell("ozone", kruskal.test(Ozone ~ Month, airquality))
tell("plant_ranks", kruskal.test(weight ~ group, PlantGrowth))
line <- summary(lm(mpg ~ wt + qsec + am, mtcars))
say("weight.value", coef(line)["wt", 3]); say("weight.p", coef(line)["wt", 4])
say("line.value", line$fstatistic[1])
say("line.p", pf(line$fstatistic[1], 3, 28, lower.tail = FALSE))
say("wald.value", coef(summary(glm(am ~ wt, binomial, mtcars)))["wt", 3])
say("wald.p", coef(summary(glm(am ~ wt, binomial, mtcars)))["wt", 4])
say("plain.value", 2.31); say("plain.p", 2 * pt(-2.31, 71))
say("nothing.value", 0.35); say("nothing.p", pf(0.35, 2, 27, lower.tail = FALSE))
# Every p that R gives of ranks, exact or not, with and without ties.
set.seed(7)
for (i in 1:60) {
  n <- sample(c(5:12, 15, 20, 30, 49, 60, 90), 1)
  x <- rnorm(n); y <- runif(1, -1, 1) * x + rnorm(n)
  if (i %% 3 == 1) { x <- round(x); y <- round(1.5 * y) }
  if (i %% 3 == 2) x <- as.numeric(x > 0)
  if (length(unique(x)) < 2) next
  for (method in c("spearman", "kendall")) for (exact in c(TRUE, FALSE))
    correlated(paste("drawn", method, n, i, exact, sep = "."), x, y, method, exact = exact)
}
