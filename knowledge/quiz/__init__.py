"""The question bank: questions as data, how they are shown, graded and chosen. Recipe and format: `README.md`."""
