# Richards: simulation of a small operating system kernel with six tasks,
# after the classic benchmark of Martin Richards.  Many small objects,
# subclass dispatch, linked lists, attribute updates.
import benchlib

ID_IDLE, ID_WORKER, ID_HANDLER_A, ID_HANDLER_B, ID_DEVICE_A, ID_DEVICE_B = range(6)
KIND_DEV, KIND_WORK = 0, 1

RUNNING = 0
RUNNABLE = 1
SUSPENDED = 2
HELD = 4

PACKET_SIZE = 4


class Packet:
    def __init__(self, link, ident, kind):
        self.link = link
        self.ident = ident
        self.kind = kind
        self.datum = 0
        self.data = [0] * PACKET_SIZE

    def append_to(self, queue):
        self.link = None
        if queue is None:
            return self
        last = queue
        while last.link is not None:
            last = last.link
        last.link = self
        return queue


class Task:
    """A task control block; what the task does is in the subclasses."""

    def __init__(self, kernel, ident, priority, queue):
        self.kernel = kernel
        self.ident = ident
        self.priority = priority
        self.queue = queue
        self.state = SUSPENDED if queue is None else SUSPENDED | RUNNABLE
        self.link = kernel.task_list
        kernel.task_list = self
        kernel.table[ident] = self

    @property
    def is_blocked(self):
        return bool(self.state & HELD) or self.state == SUSPENDED

    def add_packet(self, current, packet):
        if self.queue is None:
            self.queue = packet
            self.state |= RUNNABLE
            if self.priority > current.priority:
                return self
        else:
            self.queue = packet.append_to(self.queue)
        return current

    def run(self):
        packet = None
        if self.state == SUSPENDED | RUNNABLE:
            packet = self.queue
            self.queue = packet.link
            self.state = RUNNING if self.queue is None else RUNNABLE
        return self.step(packet)

    def step(self, packet):
        raise NotImplementedError


class IdleTask(Task):
    def __init__(self, kernel, count):
        super().__init__(kernel, ID_IDLE, 0, None)
        self.state = RUNNING
        self.seed = 1
        self.count = count

    def step(self, packet):
        self.count -= 1
        if self.count == 0:
            return self.kernel.hold_current()
        if self.seed & 1 == 0:
            self.seed >>= 1
            return self.kernel.release(ID_DEVICE_A)
        self.seed = (self.seed >> 1) ^ 0xD008
        return self.kernel.release(ID_DEVICE_B)


class WorkerTask(Task):
    def __init__(self, kernel, priority, queue):
        super().__init__(kernel, ID_WORKER, priority, queue)
        self.target = ID_HANDLER_A
        self.letter = 0

    def step(self, packet):
        if packet is None:
            return self.kernel.suspend_current()
        self.target = ID_HANDLER_B if self.target == ID_HANDLER_A else ID_HANDLER_A
        packet.ident = self.target
        packet.datum = 0
        for i in range(PACKET_SIZE):
            self.letter += 1
            if self.letter > 26:
                self.letter = 1
            packet.data[i] = self.letter
        return self.kernel.send(packet)


class HandlerTask(Task):
    def __init__(self, kernel, ident, priority, queue):
        super().__init__(kernel, ident, priority, queue)
        self.work_in = None
        self.device_in = None

    def step(self, packet):
        if packet is not None:
            if packet.kind == KIND_WORK:
                self.work_in = packet.append_to(self.work_in)
            else:
                self.device_in = packet.append_to(self.device_in)
        work = self.work_in
        if work is not None:
            count = work.datum
            if count >= PACKET_SIZE:
                self.work_in = work.link
                return self.kernel.send(work)
            device = self.device_in
            if device is not None:
                self.device_in = device.link
                device.datum = work.data[count]
                work.datum = count + 1
                return self.kernel.send(device)
        return self.kernel.suspend_current()


class DeviceTask(Task):
    def __init__(self, kernel, ident, priority):
        super().__init__(kernel, ident, priority, None)
        self.pending = None

    def step(self, packet):
        if packet is None:
            packet = self.pending
            if packet is None:
                return self.kernel.suspend_current()
            self.pending = None
            return self.kernel.send(packet)
        self.pending = packet
        return self.kernel.hold_current()


class Kernel:
    def __init__(self):
        self.task_list = None
        self.table = [None] * 6
        self.current = None
        self.queued = 0
        self.held = 0

    def schedule(self):
        self.current = self.task_list
        while self.current is not None:
            if self.current.is_blocked:
                self.current = self.current.link
            else:
                self.current = self.current.run()

    def hold_current(self):
        self.held += 1
        self.current.state |= HELD
        return self.current.link

    def suspend_current(self):
        self.current.state |= SUSPENDED
        return self.current

    def release(self, ident):
        task = self.table[ident]
        task.state &= ~HELD
        return task if task.priority > self.current.priority else self.current

    def send(self, packet):
        task = self.table[packet.ident]
        self.queued += 1
        packet.link = None
        packet.ident = self.current.ident
        return task.add_packet(self.current, packet)


def make_queue(ident, kind, length):
    queue = None
    for _ in range(length):
        queue = Packet(queue, ident, kind)
    return queue


def simulate(count):
    kernel = Kernel()
    IdleTask(kernel, count)
    WorkerTask(kernel, 1000, make_queue(ID_WORKER, KIND_WORK, 2))
    HandlerTask(kernel, ID_HANDLER_A, 2000, make_queue(ID_DEVICE_A, KIND_DEV, 3))
    HandlerTask(kernel, ID_HANDLER_B, 3000, make_queue(ID_DEVICE_B, KIND_DEV, 3))
    DeviceTask(kernel, ID_DEVICE_A, 4000)
    DeviceTask(kernel, ID_DEVICE_B, 5000)
    kernel.schedule()
    return kernel.queued, kernel.held


def run(n):
    queued = held = 0
    for _ in range(n):
        q, h = simulate(1000)
        assert (q, h) == (2322, 928), (q, h)
        queued += q
        held += h
    return "queued %d held %d" % (queued, held)


if __name__ == "__main__":
    benchlib.main(run, 40,
                  "queued 92880 held 37120")
