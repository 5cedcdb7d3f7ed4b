"""参数理赔 at the desk: sources, observations that wait for people, disputes, breakers."""
