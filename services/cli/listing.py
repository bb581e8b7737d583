"""Which commands there are beside those of the schemas, where each is, and under which heading."""

from __future__ import annotations

READING = {
    "cases": "Which cases there are",
    "show": "One case now, and what may be done next",
    "audit": "One case from beginning to end",
    "appeals": "Who may appeal, since when, and why",
    "duties": "What is owed, by whom and by when",
    "complaints": "Complaints, open and answered",
    "figures": "How many of what, to publish",
    "may": "Whether a command would be allowed",
    "policy": "The rules in force, in plain words",
    "tail": "The events in Kafka, as other systems read them",
}
KEEPING = {
    "init": "Make a register, or add a council to it",
    "demo": "A throw-away register, and a guided look at it",
    "submit": "Record commands from JSON Lines",
    "import": "Bring along the register that a council kept before",
    "staff": "Who holds which post: appoint, end, list",
    "tick": "End the blocks that have run out",
    "config": "Each setting, and where it comes from",
    "doctor": "Whether all is well, and what to do if not",
    "rebuild": "Make all views anew from the record",
    "project": "Keep the views in step with Kafka",
    "publish": "Send what is recorded on to Kafka",
    "services": "PostgreSQL and Kafka in a folder, without installing them",
}
WHERE = {
    "cases": "services.cli.cases:cases",
    "show": "services.cli.show:show",
    "audit": "services.cli.audit:audit",
    "appeals": "services.cli.appeals:appeals",
    "duties": "services.cli.duties:duties",
    "complaints": "services.cli.complaints:complaints",
    "figures": "services.cli.figures:figures",
    "may": "services.cli.may:may",
    "policy": "services.cli.policy:policy",
    "tail": "services.cli.tailing:tail",
    "init": "services.cli.registers:init",
    "demo": "services.cli.registers:demo",
    "submit": "services.cli.submit:submit",
    "import": "services.cli.importing:import_register",
    "staff": "services.cli.staff:staff",
    "tick": "services.cli.upkeep:tick",
    "config": "services.cli.config:config",
    "doctor": "services.cli.upkeep:doctor",
    "rebuild": "services.cli.upkeep:rebuild",
    "project": "services.cli.projecting:project",
    "publish": "services.cli.publishing:publish",
    "services": "services.cli.local:services",
}
EXIT_CODES = {
    "0": "done",
    "1": "failed: the disk, the register, a service",
    "2": "wrongly asked, or not a sound command",
    "3": "refused by the policy, or not this person's to do",
    "4": "not found",
    "5": "others were in the way: try again",
    "6": "something was found (policy check, doctor, rows not imported)",
}
