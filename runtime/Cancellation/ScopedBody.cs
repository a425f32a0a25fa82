using System;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Decides how a lambda form of <see cref="CancelScope"/> ends, by its body's status.</summary>
internal sealed class ScopedBody<T>(CancelScope scope, CancellationToken parent) : TaskCompletionSource<T>, IJoin
{
    private Func<Task, T>? _getResult;
    private Action<TaskCompletionSource<T>>? _onCutShort;
    private Task? _body;

    Task IJoin.Outcome => Task;

    /// <summary>Starts the body inline.</summary>
    public Task<T> Run(
        Func<CancelScope, Task> body,
        Func<Task, T> getResult,
        Action<TaskCompletionSource<T>> onCutShort)
    {
        _getResult = getResult;
        _onCutShort = onCutShort;
        _body = Invocation.Start(static call => call.Scope.RunIn(call.Body), (Scope: scope, Body: body));
        if (_body.IsCompleted)
            Conclude();
        else
            _body.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(Conclude);
        return Task;
    }

    private void Conclude()
    {
        scope.Close();
        var body = _body!;
        if (body.IsCompletedSuccessfully)
            TrySetResult(_getResult!(body));
        else if (!Cancellations.IsOnly(body))
            TrySetException(body.Exception!.InnerExceptions);
        else if (parent.IsCancellationRequested)
            TrySetCanceled(parent);
        else if (scope.Catches())
            _onCutShort!(this);
        else
            TrySetException(Cancellations.Of(body));
    }
}
