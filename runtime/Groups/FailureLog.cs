using System;
using System.Collections.Generic;

namespace ScopedTasks;

/// <summary>Decides which failures a group keeps, and in which order: by time, each object once.</summary>
internal sealed class FailureLog
{
    private readonly List<Exception> _failures = [];
    private HashSet<Exception>? _known;
    private TimeoutException? _timeout;
    private bool _closed;

    /// <summary>What became of a failure.</summary>
    public enum Verdict
    {
        First,
        Further,
        Known,
        TooLate,
    }

    /// <summary>Whether failures are kept that come after <see cref="Close"/>.</summary>
    public bool KeepsLateOnes { get; set; }

    /// <summary>Whether something has failed.</summary>
    public bool HasAny
    {
        get
        {
            lock (_failures)
                return _failures.Count > 0;
        }
    }

    /// <summary>Whether the group has timed out.</summary>
    public bool HasTimeout => _timeout is not null;

    /// <summary>Keeps a failure, unless it is known or comes too late.</summary>
    public Verdict Add(Exception failure)
    {
        lock (_failures)
        {
            if (IsKnown(failure))
                return Verdict.Known;
            if (_closed && !KeepsLateOnes)
                return Verdict.TooLate;
            _failures.Add(failure);
            _known?.Add(failure);
            return _failures.Count == 1 ? Verdict.First : Verdict.Further;
        }
    }

    /// <summary>Notes the timeout at its place in time; it counts if it cut something short.</summary>
    public void AddTimeout(TimeoutException timeout)
    {
        lock (_failures)
        {
            _timeout = timeout;
            _failures.Add(timeout);
        }
    }

    /// <summary>Refuses what fails from now on.</summary>
    /// <returns>Whether something has failed until now.</returns>
    public bool Close()
    {
        lock (_failures)
        {
            _closed = true;
            return _failures.Count > 0;
        }
    }

    /// <summary>The failures, by time.</summary>
    public List<Exception> ToList(bool withTimeout)
    {
        lock (_failures)
        {
            var failures = new List<Exception>(_failures);
            if (!withTimeout && _timeout is not null)
                failures.Remove(_timeout);
            return failures;
        }
    }

    private bool IsKnown(Exception failure)
    {
        if (_failures.Count < 16)
            return _failures.Exists(known => ReferenceEquals(known, failure));
        _known ??= new HashSet<Exception>(_failures, ByReference.Instance);
        return _known.Contains(failure);
    }
}
