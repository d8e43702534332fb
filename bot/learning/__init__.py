"""What is remembered of learners, outside the database: the schedule, reminders, pictures of progress, exports."""
