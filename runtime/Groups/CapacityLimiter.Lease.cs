using System;

namespace ScopedTasks;

// Tokens that are borrowed.
public sealed partial class CapacityLimiter
{
    /// <summary>A borrowed token.</summary>
    /// <remarks>
    /// It is returned once: disposing it again, or a copy of it, or a default one, does nothing.
    /// </remarks>
    public readonly struct Lease : IDisposable
    {
        private readonly Token? _token;
        private readonly int _version;

        internal Lease(Token token, int version)
        {
            _token = token;
            _version = version;
        }

        /// <summary>Returns the token; may be called on any thread.</summary>
        public void Dispose() => _token?.Limiter.Return(_token, _version);

        /// <summary>Tells its state.</summary>
        /// <returns>Whether the token is held still.</returns>
        public override string ToString() => $"Lease: {(_token?.Version == _version ? "held" : "returned")}";
    }

    /// <summary>What leases stand for; used again under another version. Changed under the limiter's lock.</summary>
    internal sealed class Token(CapacityLimiter limiter)
    {
        public CapacityLimiter Limiter => limiter;

        public int Version { get; set; }

        /// <summary>The token below it among the idle ones.</summary>
        public Token? NextIdle { get; set; }
    }
}
