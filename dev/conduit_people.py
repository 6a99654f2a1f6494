"""Users, projects, columns and statuses, as the development server answers for them."""

from collections.abc import Callable

from dev.conduit_board import Board
from dev.conduit_encoding import Call, ConduitFault, asked_for, check_attachments, constraints_of
from dev.conduit_paging import Row, cursors, cut, invalid_cursor, search_limit
from dev.conduit_records import STATUSES, Column, Project, User
from dev.conduit_site import slug_of

Answer = dict[str, object]


def envelope(
    call: Call, rows: list[object], after: str | None, before: str | None, maps: object = None
) -> Answer:
    """The result of a `*.search` call."""
    return {
        "data": rows,
        "maps": maps if maps is not None else {},
        "query": {"queryKey": call.params.get("queryKey")},
        "cursor": {
            "limit": search_limit(call)[1],
            "after": after,
            "before": before,
            "order": call.params.get("order"),
        },
    }


def _roles(user: User, bot: str) -> list[str]:
    marks = [bot] if "bot" in user.roles else []
    marks += [role for role in ("admin", "disabled") if role in user.roles]
    return [*marks, "verified", "approved", *([] if "disabled" in user.roles else ["activated"])]


def profile(board: Board, user: User) -> Answer:
    """A user as user.whoami and user.mediawikiquery show one (bots are "agent" there, "bot" in user.search)."""
    return {
        "phid": user.phid,
        "userName": user.name,
        "realName": user.real_name,
        "image": f"http://{board.host}/res/avatar-{user.id}.png",
        "uri": f"http://{board.host}/p/{user.name}/",
        "roles": _roles(user, "agent"),
    }


def mediawikiquery(board: Board, call: Call) -> list[Answer]:
    """Wikimedia's user.mediawikiquery: exact wiki names; unknown ones are left out unless all are."""
    names = call.params.get("names") or []
    wanted = [str(name) for name in names] if isinstance(names, list) else [str(names)]
    found = [
        user
        for user in sorted(board.users, key=lambda user: -user.id)
        if user.wiki_name is not None and user.wiki_name in wanted
    ]
    if not found:
        raise ConduitFault(
            "ERR-INVALID-PARAMETER", f"Unknown or missing mediawiki names: {', '.join(wanted)}"
        )
    first = int(str(call.params.get("offset") or 0))
    last = first + int(str(call.params.get("limit") or 100))
    return [{**profile(board, user), "mediawiki_username": user.wiki_name} for user in found[first:last]]


def user_search(board: Board, call: Call) -> Answer:
    """user.search by names (in any case), PHIDs or ids, newest first."""
    asked = constraints_of(
        call, frozenset({"ids", "phids", "usernames", "isBot", "isDisabled", "isAdmin", "query"})
    )
    check_attachments(call, frozenset({"availability"}))
    users = list(board.users)
    if asked.has("usernames"):
        names = {name.lower() for name in asked.strings("usernames")}
        users = [user for user in users if not names or user.name.lower() in names]
    if asked.has("phids"):
        phids = set(asked.strings("phids"))
        users = [user for user in users if not phids or user.phid in phids]
    if asked.has("ids"):
        ids = set(asked.integers("ids"))
        users = [user for user in users if not ids or user.id in ids]
    return _paged(call, users, _user, "PhabricatorPeopleQuery")


def _user(user: User) -> Answer:
    return {
        "id": user.id,
        "type": "USER",
        "phid": user.phid,
        "fields": {
            "username": user.name,
            "realName": user.real_name,
            "roles": _roles(user, "bot"),
            "dateCreated": user.created,
            "dateModified": user.modified,
            "policy": {"view": "public", "edit": "admin" if "bot" in user.roles else "no-one"},
        },
        "attachments": {},
    }


def project_search(board: Board, call: Call) -> Answer:
    """project.search by slugs (`#`, capitals and old slugs are understood), PHIDs, ids, members or part of the name."""
    asked = constraints_of(
        call, frozenset({"ids", "phids", "slugs", "name", "members", "query", "icons", "colors", "subtypes"})
    )
    check_attachments(call, frozenset({"members", "watchers", "ancestors"}))
    projects = sorted(board.projects, key=lambda project: (project.name.lower(), project.id))
    slug_map: dict[str, object] = {}
    if asked.has("slugs"):
        found: list[Project] = []
        for slug in asked.strings("slugs"):
            for project in projects:
                if slug_of(slug) in project.slugs:
                    found.append(project)
                    slug_map[slug] = {"slug": slug_of(slug), "projectPHID": project.phid}
        if asked.strings("slugs"):
            projects = [project for project in projects if project in found]
    if asked.has("phids"):
        phids = asked.strings("phids")
        projects = [project for project in projects if not phids or project.phid in phids]
    if asked.has("ids"):
        ids = asked.integers("ids")
        projects = [project for project in projects if not ids or project.id in ids]
    if asked.has("name"):
        part = str(asked.values["name"]).lower()
        projects = [project for project in projects if part in project.name.lower()]
    if asked.has("members"):
        people = asked.strings("members")
        projects = [project for project in projects if not people or set(people) & set(project.members)]
    limit, _ = search_limit(call)
    rows: list[object] = [_project(project, call) for project in projects[:limit]]
    return envelope(call, rows, None, None, {"slugMap": slug_map})


def _project(project: Project, call: Call) -> Answer:
    attachments: dict[str, object] = {}
    if asked_for(call, "members"):
        attachments["members"] = {"members": [{"phid": phid} for phid in project.members]}
    if asked_for(call, "watchers"):
        attachments["watchers"] = {"watchers": []}
    if asked_for(call, "ancestors"):
        attachments["ancestors"] = {"ancestors": []}
    icon, color = project.icon, project.color
    return {
        "id": project.id,
        "type": "PROJ",
        "phid": project.phid,
        "fields": {
            "name": project.name,
            "slug": project.slugs[0],
            "subtype": "default",
            "milestone": None,
            "depth": 0,
            "parent": None,
            "icon": {"key": icon[0], "name": icon[1], "icon": icon[2]},
            "color": {"key": color[0], "name": color[1]},
            "status": "archived" if project.archived else "active",
            "spacePHID": None,
            "dateCreated": project.created,
            "dateModified": project.modified,
            "policy": {"view": "public", "edit": "users", "join": "users"},
            "description": project.description,
        },
        "attachments": attachments,
    }


def column_search(board: Board, call: Call) -> Answer:
    """project.column.search by project PHIDs (no slugs), newest first; a hidden column is listed as hidden."""
    asked = constraints_of(call, frozenset({"ids", "phids", "projects"}))
    check_attachments(call, frozenset())
    columns = [(project, column) for project in board.projects for column in project.columns]
    if asked.has("projects"):
        wanted = asked.strings("projects")
        columns = [(project, column) for project, column in columns if not wanted or project.phid in wanted]
    if asked.has("phids"):
        phids = asked.strings("phids")
        columns = [(project, column) for project, column in columns if not phids or column.phid in phids]
    of_project = {column.phid: project for project, column in columns}
    return _paged(
        call,
        [column for _, column in columns],
        lambda column: _column(of_project[column.phid], column),
        "PhabricatorProjectColumnQuery",
    )


def _column(project: Project, column: Column) -> Answer:
    return {
        "id": column.id,
        "type": "PCOL",
        "phid": column.phid,
        "fields": {
            "name": column.name,
            "proxyPHID": None,
            "project": {"id": project.id, "phid": project.phid, "name": project.name},
            "isHidden": column.hidden,
            "isDefaultColumn": column.default,
            "sequence": column.sequence,
            "dateCreated": column.created,
            "dateModified": column.modified,
            "policy": {"view": "public", "edit": "users"},
        },
        "attachments": {},
    }


def status_search(board: Board, call: Call) -> Answer:
    """maniphest.status.search: every status, and whether it closes a task."""
    del board, call
    return {
        "data": [
            {"name": name, "value": value, "closed": closed} | ({"special": special} if special else {})
            for value, name, closed, special in STATUSES
        ]
    }


def lookup(board: Board, call: Call, viewer: User | None) -> object:
    """phid.lookup of `T1`, `#slug` and `@name`; what is not there or hidden is left out, and nothing is `[]`."""
    names = call.params.get("names")
    found: dict[str, object] = {}
    for name in [str(name) for name in names] if isinstance(names, list) else []:
        try:
            found[name] = _handle(board, name, viewer)
        except LookupError:
            continue
    return found or []


def _handle(board: Board, name: str, viewer: User | None) -> Answer:
    base = f"http://{board.host}"
    if name.startswith("#"):
        project = board.project(name[1:])
        kind, title, full, path, phid = (
            "PROJ",
            project.name,
            project.name,
            f"/tag/{project.slugs[0]}/",
            project.phid,
        )
        status = "closed" if project.archived else "open"
    elif name.startswith("@"):
        user = board.user(name[1:])
        kind, title, full, path = "USER", user.name, f"{user.name} ({user.real_name})", f"/p/{user.name}/"
        phid, status = user.phid, "closed" if "disabled" in user.roles else "open"
    else:
        task = board.task(name)
        if not board.visible(task, viewer):
            raise LookupError(name)
        kind, title, full, path, phid = (
            "TASK",
            f"T{task.id}",
            f"T{task.id}: {task.title}",
            f"/T{task.id}",
            task.phid,
        )
        status = "open" if task.closer is None else "closed"
    type_name = {"PROJ": "Project", "USER": "User", "TASK": "Maniphest Task"}[kind]
    return {"phid": phid, "uri": base + path, "typeName": type_name, "type": kind, "name": title, "fullName": full,
            "status": status}  # fmt: skip


def _paged(call: Call, rows: list[Row], show: Callable[[Row], Answer], query: str) -> Answer:
    ordered = sorted(rows, key=lambda row: -row.id)
    limit, _ = search_limit(call)
    ends = []
    for cursor in cursors(call):
        match = next((row for row in ordered if cursor == str(row.id)), None)
        if cursor and match is None:
            raise invalid_cursor(cursor, query)
        ends.append(match)
    page = cut(ordered, lambda row: (-row.id,), after=ends[0], before=ends[1], limit=limit)
    return envelope(call, [show(row) for row in page.rows], page.after, page.before)
