# Accumulator VM: an interpreter for a toy byte code, written in Python, that
# computes squares by repeated addition.  The dispatch loop of an interpreter.
import benchlib

JUMP_IF_A = 1
MOV_A_R = 2
MOV_R_A = 3
ADD_R_TO_A = 4
DECR_A = 5
RETURN_A = 6

SQUARE = bytes([
    MOV_A_R, 0,         # i = a
    MOV_A_R, 1,         # copy of a
    # 4:
    MOV_R_A, 0,         # i -= 1
    DECR_A,
    MOV_A_R, 0,
    MOV_R_A, 2,         # res += a
    ADD_R_TO_A, 1,
    MOV_A_R, 2,
    MOV_R_A, 0,         # if i != 0: goto 4
    JUMP_IF_A, 4,
    MOV_R_A, 2,         # return res
    RETURN_A,
])


def interpret(code, a):
    regs = [0] * 256
    pc = 0
    while True:
        opcode = code[pc]
        pc += 1
        if opcode == JUMP_IF_A:
            target = code[pc]
            pc += 1
            if a:
                pc = target
        elif opcode == MOV_A_R:
            regs[code[pc]] = a
            pc += 1
        elif opcode == MOV_R_A:
            a = regs[code[pc]]
            pc += 1
        elif opcode == ADD_R_TO_A:
            a += regs[code[pc]]
            pc += 1
        elif opcode == DECR_A:
            a -= 1
        elif opcode == RETURN_A:
            return a
        else:
            raise ValueError("bad opcode %d at %d" % (opcode, pc - 1))


def run(n):
    result = interpret(SQUARE, n)
    assert result == n * n
    return result


if __name__ == "__main__":
    benchlib.main(run, 250000,
                  62500000000)
