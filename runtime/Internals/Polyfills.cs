#if NETSTANDARD2_0
using System;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace System.Diagnostics.CodeAnalysis
{
    /// <summary>Tells the compiler that a value is not null once the call returned.</summary>
    [AttributeUsage(AttributeTargets.Parameter)]
    internal sealed class NotNullAttribute : Attribute;
}

namespace System.Runtime.CompilerServices
{
    /// <summary>Asks the compiler for the text of an argument.</summary>
    [AttributeUsage(AttributeTargets.Parameter)]
    internal sealed class CallerArgumentExpressionAttribute(string parameterName) : Attribute
    {
        public string ParameterName { get; } = parameterName;
    }
}

namespace ScopedTasks
{
    /// <summary>Gives netstandard2.0 the few members of later frameworks that the runtime uses.</summary>
    internal static class Polyfills
    {
        extension(ArgumentNullException)
        {
            public static void ThrowIfNull(
                [System.Diagnostics.CodeAnalysis.NotNull] object? argument,
                [CallerArgumentExpression(nameof(argument))] string? paramName = null)
            {
                if (argument is null)
                    throw new ArgumentNullException(paramName);
            }
        }

        extension(Task task)
        {
            public bool IsCompletedSuccessfully => task.Status == TaskStatus.RanToCompletion;

            public async Task WaitAsync(CancellationToken cancellationToken)
            {
                var cancelled = new TaskCompletionSource<Unit>();
                using (cancellationToken.Register(() => cancelled.TrySetCanceled(cancellationToken)))
                    await (await Task.WhenAny(task, cancelled.Task).ConfigureAwait(false)).ConfigureAwait(false);
            }
        }

        extension(CancellationToken token)
        {
            public CancellationTokenRegistration UnsafeRegister(Action<object?> callback, object? state) =>
                token.Register(callback, state);
        }

        extension(CancellationTokenRegistration registration)
        {
            public void Unregister() => registration.Dispose();
        }
    }
}
#endif
