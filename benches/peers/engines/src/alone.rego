package alone

cap := [1, plus_months(first_of_month(input.date), 1)] if day_of_month(input.date) <= 15
else := [2, plus_months(first_of_month(input.date), 2)]

contract := [1, end] if {
	input.customers == 0
	end := plus_months(input.start, 12)
	input.date >= end
} else := [2, input.date + 1] if {
	input.customers < 6
	input.date >= plus_months(input.start, 24)
} else := [3]

notice := [1, plus_months(input.date, 6)] if input.by_city
else := [2, plus_months(input.date, 3)]
