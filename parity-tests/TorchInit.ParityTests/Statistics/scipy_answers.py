"""SciPy's answers to the questions on standard input, one JSON line each way: [name, arguments] in, a number out."""
import json
import sys

import numpy
import scipy
from scipy import integrate, stats


def anderson_darling(x):
    """P(limit of A2 > x), by inverting its characteristic function (Gil-Pelaez): another way than Smirnov's series."""
    def integrand(t):
        return float(numpy.imag(numpy.exp(-1j * t * x) * continuous(t)) / t)

    def continuous(t):
        # The product over j follows the branch that the square root alone would lose.
        j = numpy.arange(1, 2001)
        weights = 1.0 / (j * (j + 1.0))
        phase = numpy.sum(-0.5 * numpy.log(1 - 2j * t * weights))
        return numpy.exp(phase + 1j * t / 2001.0)

    value, _ = integrate.quad(integrand, 1e-9, 60, limit=400)
    return 0.5 + value / numpy.pi


ANSWERS = {
    "version": lambda: scipy.__version__,
    "kstwo": lambda n, d: float(stats.kstwo.sf(d, n)),
    "ksone": lambda n, d: float(stats.ksone.sf(d, n)),
    "ks_1samp": lambda u: float(stats.ks_1samp(u, stats.uniform.cdf).statistic),
    "ks_2samp": lambda a, b: float(stats.ks_2samp(a, b).statistic),
    "ks_2samp_p": lambda a, b: float(stats.ks_2samp(a, b, method="exact").pvalue),
    "cvm": lambda u: float(stats.cramervonmises(u, "uniform").statistic),
    "cvm_p": lambda u: float(stats.cramervonmises(u, "uniform").pvalue),
    "ad_p": anderson_darling,
    "ad": lambda u: float(-len(u) - sum((2 * i + 1) / len(u) * (numpy.log(u[i]) + numpy.log1p(-u[-1 - i])) for i in range(len(u)))),
    "chi2": lambda x, k: float(stats.chi2.sf(x, k)),
    "chisquare": lambda counts: float(stats.chisquare(counts).statistic),
    "binom": lambda k, n, p: float(stats.binom.sf(k - 1, n, p)),
    "poisson": lambda k, mean: float(stats.poisson.sf(k - 1, mean)),
    "norm": lambda x, mean, std: float(stats.norm.cdf(x, mean, std)),
    "truncnorm": lambda x, mean, std, a, b: float(stats.truncnorm.cdf(x, (a - mean) / std, (b - mean) / std, mean, std)),
    "truncnorm_kurtosis": lambda mean, std, a, b: float(stats.truncnorm.stats((a - mean) / std, (b - mean) / std, mean, std, moments="k")) + 3,
    "haar": lambda x, n: float(0.5 + numpy.sign(x) / 2 * stats.beta.cdf(x * x, 0.5, (n - 1) / 2)),
}

for line in sys.stdin:
    name, arguments = json.loads(line)
    print(json.dumps(ANSWERS[name](*arguments)), flush=True)
