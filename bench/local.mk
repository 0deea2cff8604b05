# SPDX-License-Identifier: MIT
# bench/: the benchmark programs and `make bench`.
EXTRA_DIST += %D%/README.md %D%/expected
# list EXTRA_DIST += files *.py small.txt
EXTRA_DIST += \
	%D%/benchlib.py \
	%D%/bm_accumulator_vm.py \
	%D%/bm_binary_trees.py \
	%D%/bm_chaos.py \
	%D%/bm_closures.py \
	%D%/bm_deltablue.py \
	%D%/bm_dict_counting.py \
	%D%/bm_exceptions.py \
	%D%/bm_fannkuch.py \
	%D%/bm_fasta.py \
	%D%/bm_float.py \
	%D%/bm_generators.py \
	%D%/bm_go.py \
	%D%/bm_hexiom.py \
	%D%/bm_k_nucleotide.py \
	%D%/bm_mandelbrot.py \
	%D%/bm_meteor.py \
	%D%/bm_method_calls.py \
	%D%/bm_nbody.py \
	%D%/bm_nqueens.py \
	%D%/bm_pidigits.py \
	%D%/bm_raytrace.py \
	%D%/bm_recursion_ackermann.py \
	%D%/bm_recursion_fib.py \
	%D%/bm_richards.py \
	%D%/bm_scimark_fft.py \
	%D%/bm_scimark_lu.py \
	%D%/bm_scimark_monte_carlo.py \
	%D%/bm_scimark_sor.py \
	%D%/bm_scimark_sparse.py \
	%D%/bm_spectral_norm.py \
	%D%/bm_string_building.py \
	%D%/run.py \
	%D%/small.txt
# end of list

# BENCH_ARGS="--rounds 5 --only nbody,richards" goes to run.py.
bench: nacre$(EXEEXT)
	$(PYTHON_ORACLE) $(srcdir)/bench/run.py --nacre ./nacre$(EXEEXT) \
		--python $(PYTHON_ORACLE) $(BENCH_ARGS)
