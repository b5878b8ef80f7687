"""What must agree between records of money; importing the package registers the rules."""

from funding.agreement import cases, grants
