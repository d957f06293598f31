"""Every fault there is, in the order of the table."""

from chaos import delivered_twice, lambda_killed, poison, posts_fail, sql_down, sql_killed
from chaos.fault import Fault
from chaos.histories import fault as histories
from chaos.hostile import fault as hostile

FAULTS: tuple[Fault, ...] = (
    sql_down.FAULT,
    sql_killed.FAULT,
    delivered_twice.FAULT,
    poison.FAULT,
    lambda_killed.FAULT,
    posts_fail.FAULT,
    histories.FAULT,
    hostile.FAULT,
)
