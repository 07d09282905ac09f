"""Refusals of the gate and of the audit log, as members of Upline's one family of errors."""

from __future__ import annotations

from graph_schema.errors import UplineError


class SignInRequired(UplineError):
    """No credential, a wrong one, or one that has ended."""

    code = "E-SIGN-IN"
    status = 401


class SecondFactorNeeded(SignInRequired):
    """Name and password are right; the number of the second factor is missing."""

    code = "E-SECOND-FACTOR"


class Forbidden(UplineError):
    """The request came from a page of somebody else."""

    code = "E-FORBIDDEN"
    status = 403


class AuditUnavailable(UplineError):
    """The record of a read could not be written; so there is no answer either."""

    code = "E-AUDIT"
    status = 503
