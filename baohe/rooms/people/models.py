"""Accounts, families and the sealed identifiers of people."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q

from baohe.plumbing import telephone_codes
from baohe.plumbing.clock import new_id
from baohe.rooms.people.contracts import RELATIONS, SELF
from baohe.rooms.people.rules import SIGN_DOCUMENT, SIGN_IN


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username=username)


class Account(AbstractBaseUser, PermissionsMixin):
    """A customer (signs in by telephone code, has no password) or a member of staff (`is_staff`, password).

    `display_name` is for staff only; a customer's name is personal data and lies sealed in `Person`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(max_length=64, unique=True)
    display_name = models.CharField(max_length=64, blank=True)
    phone_sealed = models.BinaryField(null=True)
    phone_index = models.BinaryField(null=True, max_length=32)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=8, default="zh")
    joined_at = models.DateTimeField()

    objects = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["phone_index"], name="account_phone_once", condition=Q(phone_index__isnull=False)
            ),
            # a telephone that can be found but not opened, or the reverse, would be a half-written account
            models.CheckConstraint(
                name="account_phone_whole",
                condition=Q(phone_index__isnull=True, phone_sealed__isnull=True)
                | Q(phone_index__isnull=False, phone_sealed__isnull=False),
            ),
        ]


class Person(models.Model):
    """A member of a customer's family. Every identifier is sealed; the identity number is found by keyed hash."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    relation = models.CharField(max_length=8)
    name_sealed = models.BinaryField()
    identity_sealed = models.BinaryField()
    identity_index = models.BinaryField(max_length=32)
    birth_sealed = models.BinaryField()
    phone_sealed = models.BinaryField(null=True)
    sex = models.CharField(max_length=6)
    social_insurance = models.BooleanField()
    occupation_code = models.CharField(max_length=6, blank=True)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "identity_index"], name="person_once_per_account"),
            models.UniqueConstraint(
                fields=["account"], name="one_self_per_account", condition=Q(relation=SELF, archived_at=None)
            ),
            models.CheckConstraint(name="person_relation", condition=Q(relation__in=RELATIONS)),
            models.CheckConstraint(name="person_sex", condition=Q(sex__in=("male", "female"))),
        ]
        indexes = [
            # people_of: the living family of one account, oldest entry first
            models.Index(fields=["account", "id"], name="person_family", condition=Q(archived_at=None)),
        ]


class LoginCode(models.Model):
    """A code that was sent. Only a MAC of it is kept, bound to this row, the telephone, its purpose and its subject:
    a code for signing one document signs no other, and nobody in."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    purpose = models.CharField(max_length=12, default=SIGN_IN)
    subject = models.CharField(max_length=120, blank=True, default="")
    phone_index = models.BinaryField(max_length=32)
    ip_index = models.BinaryField(max_length=32)
    code_mac = models.BinaryField(max_length=32)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.SmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="code_purpose", condition=Q(purpose__in=(SIGN_IN, SIGN_DOCUMENT))),
            models.CheckConstraint(name="code_tries", condition=Q(tries__gte=0, tries__lte=telephone_codes.TRIES)),
            models.CheckConstraint(
                name="code_life",
                condition=Q(expires_at__gt=F("sent_at"), expires_at__lte=F("sent_at") + telephone_codes.LIFE),
            ),
        ]
        indexes = [
            # send_code: what this telephone, and this address, asked for within the last day
            models.Index(fields=["phone_index", "-sent_at"], name="code_quota_phone"),
            models.Index(fields=["ip_index", "-sent_at"], name="code_quota_ip"),
        ]


class ReadLog(models.Model):
    """Who opened whose sealed fields, and why (DATA-5). Append-only: the database refuses change and removal."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    subject_id = models.UUIDField()
    account_id = models.UUIDField()
    fields = models.CharField(max_length=80)
    purpose = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(name="read_has_actor_and_purpose", condition=~Q(actor="") & ~Q(purpose="")),
        ]
        indexes = [
            # reads: the readers of one person, newest first
            models.Index(fields=["subject_id", "-id"], name="read_of_subject"),
        ]
