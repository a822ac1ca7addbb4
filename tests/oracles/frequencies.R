# Shares and their Wilson intervals in base R, for the four printed tables of
# counts: prop.test without continuity correction inverts the score test.
# Rerun: Rscript --vanilla frequencies.R > frequencies.txt
say <- function(name, value) cat(paste0(name, " ", sprintf("%.15g", value), "\n"))

counts <- list(
  q1 = c(event = 13, sponsored = 9, website = 16, social = 35),
  q2 = c(email = 18, social = 28, website = 16, phone = 11),
  q10 = c(no = 12, yes = 61),
  q12 = c(employee = 31, company = 12, student = 30)
)
for (question in names(counts)) {
  n <- counts[[question]]
  share <- 100 * prop.table(n)
  for (level in names(n)) {
    name <- paste(question, level, "", sep = ".")
    wide <- prop.test(n[[level]], sum(n), correct = FALSE)$conf.int
    narrow <- prop.test(n[[level]], sum(n), conf.level = 0.9, correct = FALSE)$conf.int
    say(paste0(name, "n"), n[[level]])
    say(paste0(name, "percent"), share[[level]])
    say(paste0(name, "cumulative"), cumsum(share)[[level]])
    say(paste0(name, "low"), 100 * wide[1])
    say(paste0(name, "high"), 100 * wide[2])
    say(paste0(name, "low90"), 100 * narrow[1])
    say(paste0(name, "high90"), 100 * narrow[2])
  }
}
