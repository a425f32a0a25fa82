using System;

namespace ScopedTasks;

// What services and starting children do to the group.
public sealed partial class CoroutineGroup
{
    private int _takenOver;

    /// <summary>Fails the group, in every mode.</summary>
    internal void Fail(Exception failure) => Keep(failure, cancels: true);

    /// <summary>A child that was its starter's is the group's from now on.</summary>
    internal void TakeOver(ScopeNode node)
    {
        _takenOver++;
        node.MoveTo(_node);
        _loop.CancelTokensReporting();
    }

    /// <summary>Takes all failures back: a race was won in spite of them.</summary>
    internal System.Collections.Generic.List<Exception> ForgetFailures()
    {
        var failures = _failures.ToList(withTimeout: true);
        _failures = new FailureLog();
        return failures;
    }

    /// <summary>Such a child has ended.</summary>
    internal void EndTakenOver() => _takenOver--;
}
