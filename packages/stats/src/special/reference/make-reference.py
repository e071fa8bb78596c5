"""Makes special-functions.json: arguments and values worked out with mpmath at 50 digits and rounded to double.

Run: python3 make-reference.py > special-functions.json   (mpmath >= 1.3; needed only to renew the file)
"""

import json

import mpmath as mp

mp.mp.dps = 50


def rows(function, arguments):
    result = []
    for args in arguments:
        value = function(*[mp.mpf(a) for a in args])
        result.append(list(args) + [float(value)])
    return result


grid = [1e-8, 1e-4, 0.01, 0.24, 0.5, 0.75, 0.999, 1.0, 1.0001, 1.46, 1.5, 1.999, 2.0, 2.0001, 2.5, 3.3, 7.9, 8.0, 12.5, 100.0, 1e4, 1e8, 1e15]
pairs = [(1e-4, 1e-4), (1e-3, 1e8), (0.24, 4.4), (0.5, 1e6), (1.0, 1.0), (3.0, 7.5), (7.9, 8.1), (9.0, 9.0), (20.0, 1e5), (1e4, 1e4), (1e-6, 7.0), (300.0, 0.01)]
rising = [(0.24, 0.0), (0.24, 1.0), (0.24, 30.0), (1e-4, 10000.0), (1e4, 3.0), (1e8, 2.0), (1e12, 5.0), (8.5, 0.5), (3.0, 100.0), (1e6, 1e6)]
hyper = [
    (0.243, 0.793, 3.219, 0.5), (2.243, 4.426, 4.219, 0.501), (0.243, 2.426, 2.219, 0.9), (10.0, 20.0, 30.5, 0.89),
    (1.5, 0.5, 2.25, 0.99), (100.3, 0.8, 110.0, 0.999), (0.3, 0.7, 1.2, 0.9999999), (5.0, 0.5, 1.5, -3.0),
    (200.0, 0.8, 250.0, -0.7), (1e3, 0.5, 1e3, -50.0), (0.0001, 3.0, 4.0, -1e6), (1.2, 0.01, 3.0, -1e9),
    (3000.0, 2000.0, 100.0, 0.3), (50.0, 60.0, 3.0, 0.7), (1e-4, 1e-4, 1e-4, 0.99), (2.0, 3.0, 1e4, 0.95), (1e4, 10.0, 1e4 + 10, 0.9999),
]
gammas = [(0.01, 1e-5), (0.24, 0.1), (0.24, 5.0), (1.0, 1.0), (3.3, 2.0), (3.3, 20.0), (100.0, 80.0), (100.0, 150.0), (1e4, 1e4), (50.0, 1.0)]
betas = [(0.3, 0.24, 4.4), (0.9, 10.0, 0.24), (0.5, 100.0, 100.0), (0.01, 3.0, 0.5), (0.999, 2.0, 3.0), (0.55, 200.0, 40.24), (1e-8, 0.5, 2.0)]
levels = [1e-300, 1e-12, 0.001, 0.05, 0.1, 0.25, 0.5, 0.6, 0.9, 0.975, 0.9999, 1 - 1e-12]

# The integral is taken where a direct sum would need millions of terms.
reference = {
    "lnGamma": rows(mp.loggamma, [(x,) for x in grid]),
    "digamma": rows(mp.digamma, [(x,) for x in grid]),
    "trigamma": rows(lambda x: mp.psi(1, x), [(x,) for x in grid]),
    "lnBeta": rows(lambda a, b: mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b), pairs),
    "lnRisingFactorial": rows(lambda x, n: mp.loggamma(x + n) - mp.loggamma(x), rising),
    "lnHypergeometric2F1": rows(lambda a, b, c, z: mp.log(mp.hyp2f1(a, b, c, z)), hyper),
    "regularisedGammaP": rows(lambda s, x: mp.gammainc(s, 0, x, regularized=True), gammas),
    "regularisedGammaQ": rows(lambda s, x: mp.gammainc(s, x, mp.inf, regularized=True), gammas),
    "regularisedBeta": rows(lambda x, a, b: mp.betainc(a, b, 0, x, regularized=True), betas),
    "normalQuantile": rows(lambda p: mp.sqrt(2) * mp.erfinv(2 * p - 1) if p > 1e-20 else mp.findroot(lambda z: mp.log(mp.ncdf(z)) - mp.log(p), -37), [(p,) for p in levels]),
    "log1mexp": rows(lambda x: mp.log(1 - mp.exp(-x)), [(1e-12,), (0.1,), (0.69,), (0.7,), (5.0,), (40.0,), (700.0,)]),
}
print(json.dumps(reference, separators=(",", ":")).replace("]],", "]],\n"))
