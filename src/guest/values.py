# values.py - a program's parameters, and other values for them: --set=n=5.
#
# A parameter is a name that the program sets to a number at its top level, and
# nowhere else: a whole number is a count, and one with a decimal point a time
# in seconds. Another value is put into the program's syntax tree, so its lines
# stay where they are.

PARAMETERS = 12  # a record has no more (src/demo/demo.h)
LARGEST = 9e9  # so many seconds are a number of nanoseconds, too
UNITS = (("ns", "e-9"), ("us", "e-6"), ("ms", "e-3"), ("s", ""))


def number_in(node):
    """The number that an expression is; None if it is another one."""
    sign = 1
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        sign, node = -1, node.operand
    value = getattr(node, "value", None)
    return sign * value if isinstance(node, ast.Constant) \
        and type(value) in (int, float) and abs(value) < LARGEST else None


def names_in(statement):
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    else:
        targets = [getattr(statement, "target", None)]
    return [t.id for t in targets if isinstance(t, ast.Name)]


def find_parameters(tree):
    """{name: the statement that sets it}"""
    found, seen = {}, set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Global):
            seen.update(node.names)  # a function sets these
    for statement in tree.body:
        for name in names_in(statement):
            if name in seen:
                found.pop(name, None)
            elif number_in(getattr(statement, "value", None)) is not None:
                found[name] = statement
            seen.add(name)
    return dict(itertools.islice(found.items(), PARAMETERS))


def read_value(name, old, text):
    """What [text] is for a parameter that was [old]."""
    unit = ("", "")
    if type(old) is float:
        unit = next((u for u in UNITS if text.endswith(u[0])), unit)
    try:
        value = type(old)(text[:len(text) - len(unit[0])] + unit[1])
        if abs(value) < LARGEST:
            return value
    except ValueError:
        pass
    record.refuse('%s must be %s, not "%s"' % (
        name, "a whole number" if type(old) is int else
        "a time such as 0.5, 500ms or 2s", text))


class Program:
    """The learner's program: its text, and its code with certain values."""

    def __init__(self, text):
        self.text = text
        try:
            self.tree = ast.parse(text, options.script)
        except RecursionError:  # it is all one expression
            self.tree = ast.Module([], [])
        self.parameters = find_parameters(self.tree)
        self.written = {name: statement.value
                        for name, statement in self.parameters.items()}
        self.reset()

    def reset(self):
        for name, node in self.written.items():
            self.parameters[name].value = node
        self.values = {name: number_in(node)
                       for name, node in self.written.items()}

    def code(self, words):
        """Its code with some values: "n=5"."""
        self.reset()
        for word in words:
            self.set(*word.split("=", 1))
        return compile(self.tree if words else self.text, options.script,
                       "exec")

    def set(self, name, text):
        if name not in self.values:
            self.refuse(name)
        value = read_value(name, self.values[name], text)
        statement = self.parameters[name]
        statement.value = ast.copy_location(
            ast.Constant(value), statement.value)
        for other in names_in(statement):  # of n = m = 3, both
            if other in self.values:
                self.values[other] = value

    def refuse(self, name):
        has = ", ".join("%s=%s" % known for known in self.values.items())
        record.refuse('no parameter "%s" in %s; it has %s' % (
            name, os.path.basename(options.shown), has or "none: a parameter "
            "is a number that its top level gives a name, as in n = 3"))

    def params(self):
        """The parameters as the first line of a record has them."""
        return ",".join('{"name":%s,"value":%d,"unit":"%s"}' % (
            (clean(name),) + in_unit(value))
            for name, value in self.values.items())


def in_unit(value):
    if type(value) is int:
        return value, ""
    ns = round(value * 1e9)
    return next((ns // size, unit) for size, unit in (
        (10**6, "ms"), (10**3, "us"), (1, "ns")) if ns % size == 0)
