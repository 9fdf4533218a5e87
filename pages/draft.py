"""A draft that a colleague shares by its link: read, tried out, compared, and remarked about line by line."""

from pensebete.web.views.workshop.colleague import colleague

colleague()
