"""Makes covariates.json: maximum likelihood fits of the BG/NBD and the Pareto/NBD with one covariate, and of the spend regression,
to the CDNOW sample, by scipy from the formulas of the papers (2F1 for the Pareto/NBD), never by those of the package.

Covariate of a customer: the amount of his first day, in tens of dollars. Weeks = days / 7, calibration to 1997-09-30.
Run: python3 make-reference.py FOLDER_OF_CDNOW > covariates.json   (numpy, scipy; needed only to renew the file)
"""

import json
import sys
from collections import defaultdict
from datetime import date

import numpy as np
from scipy.optimize import minimize
from scipy.special import betaln, gammaln, hyp2f1

END = date(1997, 9, 30)


def customers(folder):
    days = defaultdict(lambda: defaultdict(float))
    for line in open(f"{folder}/CDNOW_sample.txt"):
        _, customer, day, _, amount = line.split()
        when = date(int(day[:4]), int(day[4:6]), int(day[6:]))
        if when <= END:
            days[customer][when] += float(amount)
    rows = []
    for own in days.values():
        seen = sorted(own)
        x = len(seen) - 1
        mean = sum(own[day] for day in seen[1:]) / x if x else 0
        rows.append((x, (seen[-1] - seen[0]).days / 7, (END - seen[0]).days / 7, own[seen[0]] / 10, mean))
    return np.array(rows).T


def bg(theta, x, tx, T, z):
    r, al, a, b = np.exp(theta[:4])
    al, a, b = al * np.exp(-theta[4] * z), a * np.exp(theta[5] * z), b * np.exp(theta[6] * z)
    front = gammaln(r + x) - gammaln(r) + r * np.log(al)
    alive = front + betaln(a, b + x) - betaln(a, b) - (r + x) * np.log(al + T)
    with np.errstate(divide="ignore", invalid="ignore"):
        gone = front + betaln(a + 1, b + np.maximum(x, 1) - 1) - betaln(a, b) - (r + x) * np.log(al + tx)
    return np.where(x > 0, np.logaddexp(alive, gone), alive)


def pareto(theta, x, tx, T, z):
    r, al, s, be = np.exp(theta[:4])
    al, be = al * np.exp(-theta[4] * z), be * np.exp(-theta[5] * z)
    high = np.maximum(al, be)
    other = np.where(al >= be, s + 1, r + x)
    power = r + s + x
    at = lambda t: hyp2f1(power, other, power + 1, np.abs(al - be) / (high + t)) / (high + t) ** power
    gone = s / power * (at(tx) - at(T))
    alive = (al + T) ** -(r + x) * (be + T) ** -s
    return gammaln(r + x) - gammaln(r) + r * np.log(al) + s * np.log(be) + np.log(alive + gone)


def spend(theta, x, z, covariates):
    p, q, v = np.exp(theta[:3])
    v = v * np.exp(theta[3:] @ covariates)
    return (gammaln(p * x + q) - gammaln(p * x) - gammaln(q) + q * np.log(v) + (p * x - 1) * np.log(z)
            + p * x * np.log(x) - (p * x + q) * np.log(v + x * z))


def hessian(f, at):
    n = len(at)
    h = 1e-4
    step = np.eye(n) * h
    return np.array([[(f(at + step[i] + step[j]) - f(at + step[i] - step[j]) - f(at - step[i] + step[j]) + f(at - step[i] - step[j])) / (4 * h * h)
                      for j in range(n)] for i in range(n)])


def fit(density, start):
    f = lambda theta: -np.sum(density(theta))
    end = minimize(f, start, method="Nelder-Mead", options={"maxiter": 20000, "maxfev": 20000, "xatol": 1e-9, "fatol": 1e-10, "adaptive": True})
    for _ in range(3):
        end = minimize(f, end.x, method="BFGS", options={"gtol": 1e-6})
        end = minimize(f, end.x, method="Nelder-Mead", options={"maxiter": 20000, "maxfev": 20000, "xatol": 1e-10, "fatol": 1e-11, "adaptive": True})
    errors = np.sqrt(np.diag(np.linalg.inv(hessian(f, end.x))))
    return {"point": list(end.x), "standardErrors": list(errors), "logLikelihood": -end.fun}


def main():
    x, tx, T, z, mean = customers(sys.argv[1])
    start = np.log([0.24, 4.4, 0.8, 2.4])
    again = (x > 0) & (mean > 0)
    xs, ms = x[again], mean[again]
    lnx = np.log(xs) - np.mean(np.log(xs))
    print(json.dumps({
        "customers": len(x), "meanCovariate": float(np.mean(z)),
        "note": "point: logs of the parameters where the covariate is 0 (spend: at mean ln x and z = 0), then the effects",
        "bg-nbd": fit(lambda theta: bg(theta, x, tx, T, z), np.append(start, [0, 0, 0])),
        "pareto-nbd": fit(lambda theta: pareto(theta, x, tx, T, z), np.append(np.log([0.55, 10.6, 0.6, 11.7]), [0, 0])),
        "gamma-gamma by ln x and z": fit(lambda theta: spend(theta, xs, ms, np.array([lnx, z[again]])), np.append(np.log([6.2, 3.7, 15.4]), [0, 0])),
        "gamma-gamma": fit(lambda theta: spend(theta, xs, ms, np.zeros((0, len(xs)))), np.log([6.2, 3.7, 15.4])),
    }, indent=1))


main()
