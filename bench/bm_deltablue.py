# DeltaBlue: an incremental one-way constraint solver, after the algorithm of
# Freeman-Benson and Maloney.  Polymorphic methods, lists, deep call chains.
import benchlib


class Strength:
    def __init__(self, level, name):
        self.level = level
        self.name = name

    def stronger(self, other):
        return self.level < other.level

    def weaker(self, other):
        return self.level > other.level

    @staticmethod
    def weakest(a, b):
        return a if a.level > b.level else b


NAMES = ["required", "strong-preferred", "preferred", "strong-default",
         "default", "weak-default", "weakest"]
(REQUIRED, STRONG_PREFERRED, PREFERRED, STRONG_DEFAULT,
 DEFAULT, WEAK_DEFAULT, WEAKEST) = [Strength(i, s) for i, s in enumerate(NAMES)]
NEXT_WEAKER = {a: b for a, b in zip(
    [REQUIRED, STRONG_PREFERRED, PREFERRED, STRONG_DEFAULT, DEFAULT, WEAK_DEFAULT],
    [WEAKEST, WEAK_DEFAULT, DEFAULT, STRONG_DEFAULT, PREFERRED, REQUIRED])}


class Variable:
    def __init__(self, name, value=0):
        self.name = name
        self.value = value
        self.constraints = []
        self.determined_by = None
        self.mark = 0
        self.walk_strength = WEAKEST
        self.stay = True

    def __repr__(self):
        return f"<Variable {self.name} = {self.value}>"

    def attach(self, constraint):
        self.constraints.append(constraint)

    def detach(self, constraint):
        self.constraints.remove(constraint)
        if self.determined_by is constraint:
            self.determined_by = None


class Constraint:
    is_input = False

    def __init__(self, planner, strength):
        self.planner = planner
        self.strength = strength

    def install(self):
        self.attach()
        self.planner.incremental_add(self)

    def destroy(self):
        if self.is_satisfied():
            self.planner.incremental_remove(self)
        self.detach()

    def satisfy(self, mark):
        self.choose_method(mark)
        if not self.is_satisfied():
            if self.strength is REQUIRED:
                raise ValueError("could not satisfy a required constraint")
            return None
        self.mark_inputs(mark)
        out = self.output()
        overridden = out.determined_by
        if overridden is not None:
            overridden.mark_unsatisfied()
        out.determined_by = self
        if not self.planner.propagate(self, mark):
            raise ValueError("cycle encountered")
        out.mark = mark
        return overridden


class UnaryConstraint(Constraint):
    def __init__(self, planner, variable, strength):
        super().__init__(planner, strength)
        self.variable = variable
        self.satisfied = False
        self.install()

    def attach(self):
        self.variable.attach(self)
        self.satisfied = False

    def detach(self):
        if self.variable is not None:
            self.variable.detach(self)
        self.satisfied = False

    def choose_method(self, mark):
        v = self.variable
        self.satisfied = v.mark != mark and self.strength.stronger(v.walk_strength)

    def is_satisfied(self):
        return self.satisfied

    def mark_inputs(self, mark):
        pass

    def inputs_known(self, mark):
        return True

    def output(self):
        return self.variable

    def mark_unsatisfied(self):
        self.satisfied = False

    def recalculate(self):
        v = self.variable
        v.walk_strength = self.strength
        v.stay = not self.is_input
        if v.stay:
            self.execute()

    def execute(self):
        pass


class StayConstraint(UnaryConstraint):
    pass


class EditConstraint(UnaryConstraint):
    is_input = True


NONE, FORWARD, BACKWARD = 0, 1, -1


class BinaryConstraint(Constraint):
    def __init__(self, planner, first, second, strength):
        super().__init__(planner, strength)
        self.first = first
        self.second = second
        self.direction = NONE
        self.install()

    def variables(self):
        return (self.first, self.second)

    def attach(self):
        for v in self.variables():
            v.attach(self)
        self.direction = NONE

    def detach(self):
        for v in self.variables():
            v.detach(self)
        self.direction = NONE

    def choose_method(self, mark):
        a, b = self.first, self.second
        s = self.strength
        if a.mark == mark:
            ok = b.mark != mark and s.stronger(b.walk_strength)
            self.direction = FORWARD if ok else NONE
        elif b.mark == mark:
            self.direction = BACKWARD if s.stronger(a.walk_strength) else NONE
        elif a.walk_strength.weaker(b.walk_strength):
            self.direction = BACKWARD if s.stronger(a.walk_strength) else NONE
        else:
            self.direction = FORWARD if s.stronger(b.walk_strength) else NONE

    def is_satisfied(self):
        return self.direction != NONE

    def input(self):
        return self.first if self.direction == FORWARD else self.second

    def output(self):
        return self.second if self.direction == FORWARD else self.first

    def mark_inputs(self, mark):
        self.input().mark = mark

    def inputs_known(self, mark):
        v = self.input()
        return v.mark == mark or v.stay or v.determined_by is None

    def mark_unsatisfied(self):
        self.direction = NONE

    def recalculate(self):
        src, out = self.input(), self.output()
        out.walk_strength = Strength.weakest(self.strength, src.walk_strength)
        out.stay = src.stay
        if out.stay:
            self.execute()


class EqualityConstraint(BinaryConstraint):
    def execute(self):
        self.output().value = self.input().value


class ScaleConstraint(BinaryConstraint):
    def __init__(self, planner, src, scale, offset, dest, strength):
        self.scale = scale
        self.offset = offset
        super().__init__(planner, src, dest, strength)

    def variables(self):
        return (self.first, self.second, self.scale, self.offset)

    def mark_inputs(self, mark):
        super().mark_inputs(mark)
        self.scale.mark = self.offset.mark = mark

    def execute(self):
        if self.direction == FORWARD:
            self.second.value = self.first.value * self.scale.value + self.offset.value
        else:
            self.first.value = (self.second.value - self.offset.value) // self.scale.value

    def recalculate(self):
        src, out = self.input(), self.output()
        out.walk_strength = Strength.weakest(self.strength, src.walk_strength)
        out.stay = src.stay and self.scale.stay and self.offset.stay
        if out.stay:
            self.execute()


class Planner:
    def __init__(self):
        self.current_mark = 0

    def new_mark(self):
        self.current_mark += 1
        return self.current_mark

    def incremental_add(self, constraint):
        mark = self.new_mark()
        overridden = constraint.satisfy(mark)
        while overridden is not None:
            overridden = overridden.satisfy(mark)

    def incremental_remove(self, constraint):
        out = constraint.output()
        constraint.mark_unsatisfied()
        constraint.detach()
        unsatisfied = self.remove_propagate_from(out)
        strength = REQUIRED
        for strength in (REQUIRED, STRONG_PREFERRED, PREFERRED,
                         STRONG_DEFAULT, DEFAULT, WEAK_DEFAULT):
            for u in unsatisfied:
                if u.strength is strength:
                    self.incremental_add(u)
        constraint.attach()

    def make_plan(self, sources):
        mark = self.new_mark()
        plan = []
        todo = list(sources)
        while todo:
            c = todo.pop()
            if c.output().mark != mark and c.inputs_known(mark):
                plan.append(c)
                c.output().mark = mark
                self.add_consumers(c.output(), todo)
        return plan

    def plan_from(self, constraints):
        return self.make_plan(
            [c for c in constraints if c.is_input and c.is_satisfied()])

    def propagate(self, constraint, mark):
        todo = [constraint]
        while todo:
            c = todo.pop()
            if c.output().mark == mark:
                self.incremental_remove(constraint)
                return False
            c.recalculate()
            self.add_consumers(c.output(), todo)
        return True

    def remove_propagate_from(self, out):
        out.determined_by = None
        out.walk_strength = WEAKEST
        out.stay = True
        unsatisfied = []
        todo = [out]
        while todo:
            v = todo.pop()
            for c in v.constraints:
                if not c.is_satisfied():
                    unsatisfied.append(c)
            determining = v.determined_by
            for c in v.constraints:
                if c is not determining and c.is_satisfied():
                    c.recalculate()
                    todo.append(c.output())
        return unsatisfied

    def add_consumers(self, variable, todo):
        determining = variable.determined_by
        for c in variable.constraints:
            if c is not determining and c.is_satisfied():
                todo.append(c)


def change(planner, variable, value):
    edit = EditConstraint(planner, variable, PREFERRED)
    plan = planner.plan_from([edit])
    for _ in range(10):
        variable.value = value
        for c in plan:
            c.execute()
    edit.destroy()


def chain_test(n):
    planner = Planner()
    variables = [Variable(f"v{i}") for i in range(n + 1)]
    first, last = variables[0], variables[-1]
    for a, b in zip(variables, variables[1:]):
        EqualityConstraint(planner, a, b, REQUIRED)
    StayConstraint(planner, last, STRONG_DEFAULT)
    edit = EditConstraint(planner, first, PREFERRED)
    plan = planner.plan_from([edit])
    total = 0
    for i in range(100):
        first.value = i
        for c in plan:
            c.execute()
        assert last.value == i, "chain test failed"
        total += last.value
    edit.destroy()
    return total


def projection_test(n):
    planner = Planner()
    scale = Variable("scale", 10)
    offset = Variable("offset", 1000)
    dests = []
    src = dst = None
    for i in range(n):
        src = Variable(f"src{i}", i)
        dst = Variable(f"dst{i}", i)
        dests.append(dst)
        StayConstraint(planner, src, DEFAULT)
        ScaleConstraint(planner, src, scale, offset, dst, REQUIRED)
    change(planner, src, 17)
    assert dst.value == 1170, "projection 1 failed"
    change(planner, dst, 1050)
    assert src.value == 5, "projection 2 failed"
    change(planner, scale, 5)
    for i in range(n - 1):
        assert dests[i].value == i * 5 + 1000, "projection 3 failed"
    change(planner, offset, 2000)
    for i in range(n - 1):
        assert dests[i].value == i * 5 + 2000, "projection 4 failed"
    return sum(d.value for d in dests)


def run(n):
    return "chain %d projection %d" % (chain_test(n), projection_test(n))


if __name__ == "__main__":
    benchlib.main(run, 3000,
                  "chain 4950 projection 28477530")
